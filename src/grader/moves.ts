/**
 * Moves as text, one a line, for `moves.txt` and back: `clerk-1 until line 12`, `clerk-1 until next line`,
 * `clerk-1 until it waits`, `clerk-1 step 3`. `#` begins a comment. A thread is named, or numbered (main is 1).
 */
import type { TaskInfo } from '../kernel/types.ts';

type Named = Pick<TaskInfo, 'id' | 'name'>;

import type { Move } from '../worker/protocol.ts';

/** A move and the line of the text that it stands in, from 1. */
export interface WrittenMove {
  readonly move: Move;
  readonly line: number;
}

/** What `moves.txt` says: moves, or the schedule string of a whole run, or what is wrong with it. */
export type Answer =
  | { readonly kind: 'moves'; readonly moves: readonly WrittenMove[] }
  | { readonly kind: 'schedule'; readonly schedule: string }
  | { readonly kind: 'problem'; readonly line: number; readonly message: string };

const MOVE = /^(\S.*?)\s+(?:until\s+(line\s+(\d+)(?:\s+of\s+(\S+))?|next\s+line|it\s+waits)|step(?:\s+(\d+))?)$/;
const SCHEDULE = /^hb\d+\./;
/** More than a reader would ever write; a machine's answer is a schedule string. */
const MOST_MOVES = 2000;
const MOST_STEPS = 1_000_000;
const LONGEST_LINE = 300;

export function parseMoves(text: string): Answer {
  const moves: WrittenMove[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    const problem = (message: string): Answer => ({ kind: 'problem', line, message });
    if (content === '') continue;
    if (SCHEDULE.test(content)) {
      const rest = text.split(/\r?\n/).slice(line);
      if (moves.length === 0 && !rest.some((other) => /^\s*[^#\s]/.test(other)))
        return { kind: 'schedule', schedule: content };
      return problem('a schedule string is an answer by itself: no moves beside it');
    }
    const move = parseMove(content);
    if (typeof move === 'string') return problem(move);
    moves.push({ move, line });
    if (moves.length > MOST_MOVES) return problem(`more than ${MOST_MOVES} moves`);
  }
  return { kind: 'moves', moves };
}

function parseMove(content: string): Move | string {
  const [, name = '', until, line, file, steps] = (content.length <= LONGEST_LINE && MOVE.exec(content)) || [];
  if (name === '') return `"${shorten(content)}" is not a move`;
  const thread = /^\d{1,9}$/.test(name) ? Number(name) : name;
  if (until === undefined) {
    const count = steps === undefined ? 1 : Number(steps);
    if (count < 1 || count > MOST_STEPS)
      return `it takes 1 to ${MOST_STEPS} steps in one move, not ${shorten(steps ?? '')}`;
    return { thread, until: { kind: 'step', count } };
  }
  if (line === undefined) return { thread, until: { kind: until.startsWith('next') ? 'next-line' : 'wait' } };
  if (Number(line) < 1 || Number(line) > 1_000_000) return `there is no line ${shorten(line)}`;
  return { thread, until: { kind: 'line', line: Number(line), ...(file !== undefined && { file }) } };
}

/** The text of one move, as `parseMoves` reads it. */
export function formatMove({ thread, until }: Move): string {
  switch (until.kind) {
    case 'step':
      return `${thread} step ${until.count}`;
    case 'line':
      return `${thread} until line ${until.line}${until.file === undefined ? '' : ` of ${until.file}`}`;
    case 'next-line':
      return `${thread} until next line`;
    case 'wait':
      return `${thread} until it waits`;
  }
}

/** All moves as a file; what its author wrote before the first move stays above them. */
export function formatMoves(moves: readonly Move[], before = ''): string {
  const lines = before.split(/\r?\n/);
  const first = lines.findIndex((line) => line.replace(/(^|\s)#.*$/, '').trim() !== '');
  const head = (first < 0 ? lines : lines.slice(0, first)).join('\n').trimEnd();
  return [...(head === '' ? [] : [head]), ...moves.map(formatMove)].map((line) => `${line}\n`).join('');
}

/** How a move calls a thread: by its name if that is one, and nobody else's; else by its number. */
export function callThread(task: Named, tasks: readonly Named[]): Move['thread'] {
  const alike = tasks.filter(({ name }) => name === task.name).length;
  const read = parseMove(`${task.name} step 1`);
  const plain = typeof read === 'object' && read.thread === task.name && !/(^|\s)#|^hb\d+\.|[\r\n]/.test(task.name);
  return plain && alike <= 1 ? task.name : task.id;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
