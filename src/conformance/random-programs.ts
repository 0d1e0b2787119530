/** Small programs made at random, of threads or of tasks, for comparing searches. */
import type { Prng } from '../schedulers/prng.ts';

export interface RandomProgram {
  readonly source: string;
  readonly preemptions: number;
}

/** What a thread may do: lines, each of them complete. */
const ACTIONS: readonly (readonly string[])[] = [
  ['X += 1'],
  ['Y = X'],
  ['X = Y + 1'],
  ['box.a = X'],
  ['Y = box.a'],
  ['box.a += 1'],
  ['items.append(X)'],
  ['Y = len(items)'],
  ['items[0] = 2'],
  ['X = items[0]'],
  ['items[0] += 1'],
  ['items.sort()'],
  ['try: items.sort(key=lambda n: -n)', 'except ValueError: Y = -5'],
  ['try: Y = next(G)', 'except ValueError: Y = -6', 'except StopIteration: pass'],
  ['Y = sum(items)'],
  ['d["a"] = X'],
  ['d["b"] = X'],
  ['X = len(d)'],
  ['if "a" in d: Y = d["a"]'],
  ['d.pop("a", None)'],
  ['with L:', '    X += 1'],
  ['with L:', '    Y = X', '    box.a = Y'],
  ['with M:', '    with L: X += 2'],
  ['with L:', '    with M: Y += 2'],
  ['if L.acquire(blocking=False):', '    X += 1', '    L.release()'],
  ['S.acquire()', 'X += 1', 'S.release()'],
  ['E.set()'],
  ['if E.is_set(): Y = 9'],
  ['E.wait(0.1)'],
  ['Q.put(X)'],
  ['if not Q.empty(): X = Q.get_nowait()'],
  ['with C:', '    C.notify_all()', '    X += 1'],
  ['with C:', '    C.wait(0.01)'],
  ['time.sleep(0.01)'],
  ['box.new = Box(); box.new.a = X'],
  ['Y = getattr(getattr(box, "new", None), "a", -1)'],
  ['local = [X]', 'local.append(Y)', 'X = sum(local)'],
  ['box.list = [1]', 'box.list.append(X)'],
  ['Y = len(getattr(box, "list", []))'],
  ['print(X)'],
];

const BEGIN = `import threading, time, queue
X = Y = 0
class Box: pass
box = Box(); box.a = 0
items = [0]; d = {"a": 1}
L = threading.Lock(); M = threading.RLock(); E = threading.Event(); Q = queue.Queue()
G = (n for n in (7, 8))
C = threading.Condition(); S = threading.Semaphore(1)
`;
export function ofThreads(prng: Prng): RandomProgram {
  const threads = prng.below(4) === 0 ? 3 : 2;
  const names = Array.from({ length: threads }, (_, n) => `job${n}`);
  const bodies = names.map((name) => {
    const actions = Array.from({ length: 1 + prng.below(3) }, () => ACTIONS[prng.below(ACTIONS.length)] ?? []);
    return `def ${name}():\n    global X, Y\n${actions
      .flat()
      .map((line) => `    ${line}\n`)
      .join('')}`;
  });
  const end = `threads = [threading.Thread(target=job) for job in (${names.join(', ')})]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(X, Y, box.a, items, d, E.is_set(), Q.qsize(), getattr(box, "list", None))
`;
  return { source: BEGIN + bodies.join('') + end, preemptions: threads === 3 ? 1 : 1 + prng.below(2) };
}

/** What a task may do: lines, each of them complete. */
const AWAITING: readonly (readonly string[])[] = [
  ['X += 1'],
  ['Y = X'],
  ['items.append(X)'],
  ['Y = len(items)'],
  ['seen = X', 'await asyncio.sleep(0)', 'X = seen + 1'],
  ['await asyncio.sleep(0)'],
  ['await asyncio.sleep(0)', 'Y = X'],
  ['await asyncio.sleep(0.1)'],
  ['async with L:', '    X += 1', '    await asyncio.sleep(0)', '    Y = X'],
  ['async with L: items.append(Y)'],
  ['if L.locked(): Y = -1'],
  ['async with S: await asyncio.sleep(0)', 'X += 2'],
  ['E.set()'],
  ['E.clear()'],
  ['if E.is_set(): Y = 9'],
  ['await E.wait()', 'X += 3'],
  ['await Q.put(X)'],
  ['Q.put_nowait(X)'],
  ['Y = await Q.get()'],
  ['try: Y = Q.get_nowait()', 'except asyncio.QueueEmpty: Y = -2'],
  ['Y = Q.qsize()'],
  ['async with C:', '    C.notify_all()'],
  ['async with C: await C.wait()', 'X += 5'],
  ['F.done() or F.set_result(X)'],
  ['Y = await F'],
  ['if F.done(): Y = F.result()'],
  ['sub = asyncio.create_task(more())', 'await sub'],
  ['asyncio.create_task(more())'],
  ['items.append(asyncio.current_task().get_name())'],
  ['asyncio.get_running_loop().call_soon(items.append, X)'],
  ['asyncio.get_running_loop().call_later(0.1, items.append, X)'],
  ['tasks[0].cancel()'],
  ['if tasks[-1].done(): Y = -3'],
  ['try: await asyncio.wait_for(E.wait(), 0.1)', 'except TimeoutError: Y = -4'],
  ['try:', '    async with asyncio.timeout(0.1): await Q.get()', 'except TimeoutError: X = -7'],
  ['await asyncio.gather(more(), more())'],
  ['X = await asyncio.to_thread(lambda: X + 1)'],
  ['async for x in numbers(): items.append(x)'],
];

const BEGIN_TASKS = `import asyncio
X = Y = 0
items = [0]
async def more():
    global X
    X += 10
async def numbers():
    for n in 7, 8:
        await asyncio.sleep(0)
        yield n
async def main():
    global L, E, Q, S, C, F, tasks
    L = asyncio.Lock(); E = asyncio.Event(); Q = asyncio.Queue(2); S = asyncio.Semaphore(1); C = asyncio.Condition()
    F = asyncio.get_running_loop().create_future()
`;

export function ofTasks(prng: Prng): RandomProgram {
  const names = Array.from({ length: 2 + prng.below(2) }, (_, n) => `job${n}`);
  const bodies = names.map((name) => {
    const actions = Array.from({ length: 1 + prng.below(3) }, () => AWAITING[prng.below(AWAITING.length)] ?? []);
    return `async def ${name}():\n    global X, Y\n${actions
      .flat()
      .map((line) => `    ${line}\n`)
      .join('')}`;
  });
  const end = `    tasks = [asyncio.create_task(job()) for job in (${names.join(', ')})]
    done, late = await asyncio.wait(tasks, timeout=1)
    print(X, Y, items, E.is_set(), Q.qsize(), L.locked(), [str(t._state) for t in tasks])
asyncio.run(main())
`;
  return { source: bodies.join('') + BEGIN_TASKS + end, preemptions: 0 };
}
