/** The natives of fibers: what python/_asyncio.py and greenlet tell the kernel of what their thread runs in turns. */
import { MOST_CHOICES } from '../kernel/fibers.ts';
import type { Arguments, Ask, Native } from './native-types.ts';

/** Characters of a list of fibers: each number has at most seven digits. */
const LONGEST_LIST = 8 * MOST_CHOICES;

export function fiberCalls({ number, text }: Arguments, ask: Ask) {
  const native = {
    fiber_new: (args) => {
      const [name, chained] = [text(args, 0), number(args, 1) !== 0];
      return ask(({ fibers }) => fibers.make(name, chained));
    },
    fiber_enter: (args) => {
      const fiber = number(args, 0);
      return ask(({ fibers }) => fibers.enter(fiber));
    },
    fiber_loop: (args) => {
      const key = number(args, 0);
      return ask(({ fibers }) => fibers.loop(key));
    },
    fiber_ask: (args) => {
      const [key, late, thread] = [number(args, 0), number(args, 1) !== 0, number(args, 2)];
      return ask(({ fibers }) => fibers.ask(key, late, thread));
    },
    fiber_wait: (args) => {
      const [fiber, what, other] = [number(args, 0), text(args, 1), number(args, 2)];
      const [file, line, chained] = [text(args, 3), number(args, 4), number(args, 5) !== 0];
      const at = file === '' ? null : { file: file.slice(0, 200), line };
      return ask(({ fibers }) => fibers.wait(fiber, what, other, at, chained));
    },
    fiber_ready: (args) => {
      const fiber = number(args, 0);
      return ask(({ fibers }) => fibers.ready(fiber));
    },
    fiber_end: (args) => {
      const fiber = number(args, 0);
      return ask(({ fibers }) => fibers.end(fiber));
    },
    fiber_name: (args) => {
      const [fiber, name] = [number(args, 0), text(args, 1)];
      return ask(({ fibers }) => fibers.name(fiber, name));
    },
    /** `3,5,7`: the first is the usual one. */
    fiber_choose: (args) => {
      const ids = text(args, 0).slice(0, LONGEST_LIST).split(',').map(Number);
      return ask(({ fibers }) => fibers.choose(ids));
    },
  } satisfies Record<string, Native>;
  return native;
}
