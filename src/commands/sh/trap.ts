/** The shell's `trap`. */
import { SIGNALS } from '../../kernel/processes/types.ts';
import { signalName, signalOf } from '../kill.ts';
import { writeAll } from '../program.ts';
import { encode } from '../text.ts';
import type { Calling } from '../types.ts';
import { Fatal, type Interpreter, inQuotes } from './shell.ts';

export function* trap({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const words = argv.slice(argv[1] === '--' ? 2 : 1);
  if (words.length === 0) {
    for (const [signal, action] of [...shell.traps].sort(([a], [b]) => a - b)) {
      const name = signal === 0 ? 'EXIT' : signalName(signal);
      yield* writeAll(shell.calls, 1, encode(`trap -- ${inQuotes(action)} ${name}\n`));
    }
    return 0;
  }
  // One word, or a number first: these are signals to be set back.
  const back = words.length === 1 || /^\d+$/.test(words[0] as string);
  const action = back ? '-' : (words.shift() as string);
  let status = 0;
  for (const word of words) {
    const signal = word === 'EXIT' || word === '0' ? 0 : signalOf(word);
    if (signal === null) {
      yield* writeAll(shell.calls, 2, encode(`trap: ${word}: bad trap\n`));
      status = 1;
      continue;
    }
    if (signal === SIGNALS.SIGKILL || signal === SIGNALS.SIGSTOP) continue;
    if (signal !== 0 && action !== '' && action !== '-' && !shell.process.caught) {
      throw new Fatal('signals cannot be caught here');
    }
    if (action === '-') shell.traps.delete(signal);
    else shell.traps.set(signal, action);
    if (signal !== 0) {
      shell.calls.setDisposition(signal, action === '-' ? 'default' : action === '' ? 'ignore' : 'handle');
    }
  }
  return status;
}
