/** What each native does: arguments out of Python's memory, and a question to the kernel. */
import { failed } from '../kernel/errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SUSPEND } from '../kernel/kernel.ts';
import type { Answer } from '../kernel/task.ts';
import { SHARED_MEMORY } from '../kernel/touch.ts';
import type { Place } from '../kernel/types.ts';
import type { Code, Making } from './codes.ts';
import { Stale } from './execution.ts';
import { fiberCalls } from './fiber-natives.ts';
import { type Arguments, GIVES_WAY, type Native, type Raw } from './native-types.ts';
import type { NativeName } from './natives.ts';
import { processCalls } from './process-natives.ts';
import { C_STACK, type PythonImage, type Run } from './python-image.ts';
import { readReport } from './report.ts';
import { shuffleFreeBlocks } from './shuffle.ts';
import { socketCalls } from './socket-natives.ts';
import { stackCalls } from './stack-natives.ts';

export function handlersOf(image: PythonImage): Record<NativeName, Native> {
  const { objects, codes } = image;
  const none: Raw = { object: objects.none };
  const disable: Raw = { object: image.snapshot.disable };
  const read: Arguments = {
    at: (args, n) => objects.argument(args, n),
    number: (args, n) => {
      const value = objects.number(objects.argument(args, n));
      return Number.isNaN(value) ? 0 : value;
    },
    text: (args, n) => objects.text(objects.argument(args, n)),
    bytes: (args, n) => objects.bytes(objects.argument(args, n)),
  };
  const { at, number, text } = read;
  const ask = (call: (kernel: Kernel) => Answer | typeof SUSPEND) => image.ask(call);
  /** Where the object that a lock is part of was made: a Condition makes locks as long as it lives. */
  const originOf = ({ part, place }: Making): Place | null => {
    if (part === 0 || place === null) return place;
    const known = image.origins.get(part);
    if (known === undefined) image.origins.set(part, place);
    return known ?? place;
  };
  return {
    step: (args) => {
      const code = codes.get(at(args, 0));
      if (!code) return disable;
      const unit = number(args, 1) >> 1;
      const { accesses, observer } = image;
      const found = accesses.look(image.frames.innermost, code, unit, image.live?.dispatcher.me.acts ?? 0);
      if (found !== 'yes') return found === 'never' ? disable : none;
      if (observer) observer.announce(codes.here(), accesses, code.spell(unit));
      const { live } = image;
      if (!live) return image.repeated() === SUSPEND ? SUSPEND : none;
      const { dispatcher } = live;
      // Deep in a recursion through C a look takes as long as many steps, and must not come for nothing.
      dispatcher.steps += Math.floor(accesses.effort);
      accesses.effort = 0;
      const written = dispatcher.nearEnd ? image.shown.print(accesses.exact) : 0;
      const answer = dispatcher.step(image.apart(accesses.touches), siteOf(code, unit), written);
      return image.noted(answer) === SUSPEND ? SUSPEND : none;
    },
    handle: () => ask((kernel) => kernel.handle()),
    acquire: (args) => {
      const { live } = image;
      return live ? image.noted(live.locks.acquire(number(args, 0), number(args, 1))) : image.repeated();
    },
    release: (args) => {
      const { live } = image;
      return live ? image.noted(live.locks.release(number(args, 0))) : image.repeated();
    },
    new_lock: (args) => {
      const making = codes.making();
      const { made, frame } = making;
      const place = originOf(making);
      const name = frame === 0 ? null : codes.target(frame);
      const [reentrant, object] = [number(args, 0) === 1, at(args, 1)];
      return ask(({ locks }) =>
        locks.make(reentrant, made, place, image.observer?.thingOf(making, object, name) ?? null),
      );
    },
    depth: (args) => {
      const lock = number(args, 0);
      return ask(({ locks }) => locks.depth(lock));
    },
    owner: (args) => {
      const lock = number(args, 0);
      return ask(({ locks }) => locks.owner(lock));
    },
    release_all: (args) => {
      const lock = number(args, 0);
      return ask(({ locks }) => locks.releaseAll(lock));
    },
    set_depth: (args) => {
      const [lock, depth] = [number(args, 0), number(args, 1)];
      return ask(({ locks }) => locks.setDepth(lock, depth));
    },
    reserve: () => ask(({ threads }) => threads.reserve()),
    begin: (args) => {
      const [task, body, announced] = [number(args, 0), at(args, 1), number(args, 2) === 1];
      image.py._Py_IncRef(body);
      image.bodies.set(task, body);
      return ask(({ threads }) => threads.begin(task, announced));
    },
    take_work: () => {
      const state = image.carriers.newState();
      if (state !== 0) {
        image.py._PyUnstable_ThreadState_SetStackProtection(state, image.carriers.base - C_STACK, C_STACK);
      }
      return { object: image.carriers.takeWork() };
    },
    end_task: (args) => {
      if (image.carriers.rest(number(args, 0))) return GIVES_WAY;
      return ask((kernel) => (kernel.outcome === null ? kernel.threads.exit() : SUSPEND));
    },
    me: () => image.carriers.running ?? 0,
    live: () => ask(({ threads }) => threads.count()),
    join: (args) => {
      const [task, timeout] = [number(args, 0), number(args, 1)];
      return ask(({ threads }) => threads.join(task, timeout));
    },
    mark_done: (args) => {
      const task = number(args, 0);
      return ask(({ threads }) => threads.markDone(task));
    },
    set_name: (args) => {
      const [task, name] = [number(args, 0), text(args, 1)];
      return ask(({ threads }) => threads.name(task, name));
    },
    sleep: (args) => {
      const seconds = number(args, 0);
      return ask(({ threads }) => threads.sleep(seconds));
    },
    interrupt: (args) => {
      const signal = number(args, 0);
      return ask((kernel) => kernel.trip(signal));
    },
    chance: () => image.chance(2 ** 31),
    program: () => ask(() => image.spec),
    exit_process: (args) => {
      const first = image.carriers.running === image.run?.kernel.table.get(image.run.pid)?.main?.number;
      if (!image.ending || !first) return { object: objects.raise('_PyExc_TypeError', 'the program has not ended') };
      const report = readReport(text(args, 0));
      image.run?.reports(report);
      return ask((kernel) => kernel.exitProcess(report.code));
    },
    kill_process: (args) => {
      const code = number(args, 0);
      return ask((kernel) => kernel.exitProcess(code));
    },
    watch: (args) => {
      const [kinds, rest] = [objects.bytes(at(args, 1)), objects.bytes(at(args, 2))];
      codes.watch(at(args, 0), kinds, rest, text(args, 3), text(args, 4), text(args, 5));
      image.putClockBack();
      return null;
    },
    is_learners: (args) => {
      if (!image.tampering.isLearners(at(args, 0))) return 0;
      image.putClockAside();
      if (image.shuffles) shuffleFreeBlocks(image.py);
      image.shuffles = false;
      return 1;
    },
    switch_interval: (args) => {
      const microseconds = number(args, 0);
      return ask((kernel) => kernel.switchInterval(microseconds));
    },
    shared: (args) => {
      const how = number(args, 0) === 0 ? 0 : 1;
      return ask(({ dispatcher }) => {
        dispatcher.touch(SHARED_MEMORY, how);
        return dispatcher.offer('call', undefined);
      });
    },
    fork: () => {
      if (!image.pristine && !image.rehearses) throw new Stale('a process that is not new cannot be copied');
      return ask((kernel) => (image.tooOld ? failed('ENOMEM') : kernel.fork()));
    },
    ...fiberCalls(read, ask),
    ...processCalls(read, ask),
    ...socketCalls(read, ask, () => (image.run as Run).names),
    ...stackCalls(read, image),
  };
}

/** One number for one instruction of the program, the same in every run. */
function siteOf(code: Code, unit: number): number {
  return code.number * 4096 + (unit & 4095) + 1;
}
