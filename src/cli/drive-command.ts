/** What a line typed to `hb drive` means. */
import { callThread, parseMoves } from '../grader/moves.ts';
import { taskName } from '../trace/names.ts';
import type { DriveState, Move } from '../worker/protocol.ts';

export type Command =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'undo' | 'finish' | 'moves' | 'help' | 'quit' }
  /** It means nothing here; the message is for the reader. */
  | { readonly kind: 'problem'; readonly message: string };

const WORDS = ['undo', 'finish', 'moves', 'help', 'quit'] as const;
/** `2`, `2 5`, `2 w`, `2 l`, `2 l 14`, `w`, `l`. */
const SHORT = /^(?:(\d{1,6})\s*)?(?:(w|l)(?:\s*(\d{1,6}))?|(\d{1,6}))?$/;

/** `moves`: those made so far; `state`: where they led. */
export function readCommand(typed: string, { record, choices }: DriveState, moves: readonly Move[]): Command {
  const problem = (message: string): Command => ({ kind: 'problem', message });
  const line = typed.trim();
  const word = WORDS.find((one) => one === line || (line.length === 1 && one.startsWith(line)));
  if (word === 'undo' && moves.length === 0) return problem('There is no move to undo.');
  if (word) return { kind: word };
  const short = SHORT.exec(line);
  if (!short || line === '') {
    const parsed = parseMoves(line);
    const [written] = parsed.kind === 'moves' ? parsed.moves : [];
    return written ? { kind: 'move', move: written.move } : problem('Type a thread’s number, w, l, or help.');
  }
  const [, number, how, upTo, steps] = short;
  const last = moves.at(-1)?.thread;
  if (number === undefined && last === undefined) return problem('No thread has gone yet: type its number.');
  if (choices.length === 0) return problem('The program has ended: undo, moves or quit.');
  const tasks = record.trace.tasks.map(({ id }) => ({ id, name: taskName(id, record.trace) }));
  const task = tasks.find(({ id }) => id === Number(number)) ?? { id: Number(number), name: '' };
  const thread = number === undefined ? (last as Move['thread']) : callThread(task, tasks);
  return { kind: 'move', move: { thread, until: untilOf(how, upTo, steps) } };
}

function untilOf(how: string | undefined, upTo: string | undefined, steps: string | undefined): Move['until'] {
  if (how === 'w') return { kind: 'wait' };
  if (how === 'l') return upTo === undefined ? { kind: 'next-line' } : { kind: 'line', line: Number(upTo) };
  return { kind: 'step', count: Math.max(1, Number(steps ?? 1)) };
}
