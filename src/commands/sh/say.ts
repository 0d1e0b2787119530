/** What the shell's builtins have in common. */
import { program } from '../program.ts';
import type { Calling } from '../types.ts';
import { Fatal, type Interpreter } from './shell.ts';

/** A whole number that an argument gives. */
export function number(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Fatal(`Illegal number: ${text}`);
  return Number(text);
}

const write = program('echo', 1, function* (run) {
  yield* run.out(run.process.argv[1] ?? '');
  return 0;
});

/** A builtin's output. */
export function say({ shell }: Interpreter, text: string): Calling<number> {
  return write({ ...shell.process, calls: shell.calls, argv: ['sh', text] });
}
