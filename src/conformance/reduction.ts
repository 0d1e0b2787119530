/**
 * Compares the reduced search with plain enumeration on programs made at random: `npm run fuzz -- [seed] [programs]`.
 * Every program must have exactly the same results under both. Ends with 1 if one has not, and prints it.
 */
import { openEngine } from '../cli/open-engine.ts';
import { Prng } from '../schedulers/prng.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from '../worker/limits.ts';
import type { SearchPart } from '../worker/protocol.ts';

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
/** Plain enumeration of more than this says nothing in the time there is. */
const MOST_SCHEDULES = 12_000;

function makeProgram(prng: Prng): { source: string; preemptions: number } {
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

async function search(engine: EngineClient, source: string, preemptions: number, reduced: boolean) {
  const results = new Map<string, string>();
  const request = {
    program: { files: { 'p.py': source }, entry: { kind: 'script', file: 'p.py' } },
    strategy: { kind: 'exhaustive', preemptions, reduced },
    options: { ...RUN_OPTIONS, model: 'every-bytecode', limits: GRADE_LIMITS, trace: false },
    budget: { schedules: MOST_SCHEDULES, steps: Number.POSITIVE_INFINITY, seconds: null },
    distinct: true,
    exact: false,
    portion: 1000,
  } as const;
  const job = engine.search(request, ({ records }) => {
    for (const { outcome, stdout, stderr, clock, schedule } of records) {
      const end = outcome.kind === 'deadlock' ? outcome.stuck.map(({ at }) => at?.line).sort() : outcome;
      const said = stderr.replace(/0x[0-9a-f]+|Thread-\d+/g, '');
      results.set(JSON.stringify([outcome.kind, end, stdout, said, clock]), schedule);
    }
    return 1000;
  });
  return { results, last: (await job.done) as SearchPart };
}

const [seed = '1', programs = '50'] = process.argv.slice(2);
const engine = await openEngine();
let [different, skipped, plainRuns, reducedRuns] = [0, 0, 0, 0];
for (let n = 0; n < Number(programs); n++) {
  const { source, preemptions } = makeProgram(new Prng(Number(seed) * 1_000_003 + n));
  const plain = await search(engine, source, preemptions, false);
  const reduced = await search(engine, source, preemptions, true);
  if (plain.last.end !== 'complete' || reduced.last.end !== 'complete') {
    skipped++;
    continue;
  }
  plainRuns += plain.last.explored;
  reducedRuns += reduced.last.explored;
  const missing = [...plain.results].filter(([result]) => !reduced.results.has(result));
  const added = [...reduced.results].filter(([result]) => !plain.results.has(result));
  if (missing.length + added.length === 0) continue;
  different++;
  console.log(`program ${n}, at most ${preemptions} preemptions\n${source}missing:`, missing, 'added:', added);
}
console.log(
  `${programs} programs of seed ${seed}: ${different} with other results, ${skipped} too large; ${plainRuns} schedules, reduced to ${reducedRuns}`,
);
engine.dispose();
process.exit(different > 0 ? 1 : 0);
