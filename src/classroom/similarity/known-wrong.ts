/**
 * Which of an exercise's known wrong answers a failing answer is, or is like. The author's own words then say what is wrong:
 * these files lie beside the solution, and each fails for a reason that is written in its first lines.
 */
import { ANSWER_FILE } from '../../course/answer-file.ts';
import type { ExerciseKind } from '../../course/schema.ts';
import { formatMoves, parseMoves } from '../../grader/moves.ts';
import { parseOptions } from '../../grader/options.ts';
import type { Graded, Resemblance } from '../graded.ts';
import type { Normalised } from './normalised.ts';

/** One `wrong-*` of an exercise, or an answer that is compared with it. */
export interface Read {
  readonly text: string;
  /** null: it is not Python. */
  readonly normalised: Normalised | null;
}

export interface KnownWrong extends Read {
  /** File name without its ending. */
  readonly answer: string;
}

export interface Known {
  readonly kind: ExerciseKind;
  readonly starter: Read;
  readonly solution: Read | null;
  readonly wrong: readonly KnownWrong[];
}

/** Tokens of a piece by which changes are compared. */
const PIECE = 4;
/** From here on an answer that fails in the same way is said to be like the known one. */
const LIKE = 0.6;
/** What is not the same is never said to be. */
const NOT_QUITE = 0.99;

/** Says of an answer which known one it is, or is like; null: none. What is known is looked at once. */
export function recogniser(known: Known): (answer: Read, graded: Graded) => Resemblance | null {
  const { kind, starter, solution } = known;
  const begun = identityOf(kind, starter);
  const right = solution && changeOf(solution, starter);
  const wrong = known.wrong.map((one) => ({
    ...{ read: one, answer: one.answer, says: saysOf(one, known) },
    ...{ identity: identityOf(kind, one), change: changeOf(one, starter) },
  }));
  return (answer, graded) => {
    const identity = identityOf(kind, answer);
    if (identity !== null && identity === begun) return null;
    const same = identity === null ? undefined : wrong.find((one) => one.identity === identity);
    if (same) return { answer: same.answer, says: same.says, similarity: 1 };
    // Marks, moves and lines that were given are the same or they are not.
    if (kind !== 'write' && kind !== 'fix') return null;
    const change = changeOf(answer, starter);
    const toRight = right === null ? 0 : alike(change, right);
    let best: Resemblance | null = null;
    for (const { read, answer: name, says, change: other } of wrong) {
      if (!failsAlike(read, graded)) continue;
      const similarity = alike(change, other);
      if (similarity >= LIKE && similarity > Math.max(toRight, best?.similarity ?? 0))
        best = { answer: name, says, similarity };
    }
    return best && { ...best, similarity: Math.min(NOT_QUITE, best.similarity) };
  };
}

/** Equal for answers that are the same; null if nothing can be said. */
function identityOf(kind: ExerciseKind, { text, normalised }: Read): string | null {
  if (normalised !== null) return normalised.program;
  if (ANSWER_FILE[kind] === 'moves.txt') {
    const read = parseMoves(text);
    if (read.kind === 'problem') return null;
    return read.kind === 'schedule' ? read.schedule : formatMoves(read.moves.map(({ move }) => move));
  }
  const read = parseOptions(text);
  if (read.kind === 'problem') return null;
  return JSON.stringify(
    read.options
      .filter(({ marked }) => marked)
      .map(({ text: option }) => option)
      .sort(),
  );
}

/** The first line of an author's file says which test fails, and how. */
function failsAlike({ text }: Read, { tests }: Graded): boolean {
  const [, verdict, test] = /^# expect: (\w+) (.+?)\s*$/m.exec(text) ?? [];
  return tests.some((one) => !one.private && one.name === test && one.verdict === verdict);
}

/** What an answer adds to the starter and takes from it: runs of tokens, and how many more or fewer there are of each. */
function changeOf(answer: Read, starter: Read): ReadonlyMap<string, number> {
  const change = new Map<string, number>();
  for (const [read, sign] of [
    [answer, 1],
    [starter, -1],
  ] as const) {
    const tokens = tokensOf(read);
    for (let at = 0; at + PIECE <= tokens.length; at++) {
      const piece = tokens.slice(at, at + PIECE).join(' ');
      const count = (change.get(piece) ?? 0) + sign;
      if (count === 0) change.delete(piece);
      else change.set(piece, count);
    }
  }
  return change;
}

/** Without the block that only runs as a program: the tests never run it, and authors leave it out. */
function tokensOf({ normalised }: Read): readonly string[] {
  if (normalised === null) return [];
  const { tokens, main } = normalised;
  return main === null ? tokens : [...tokens.slice(0, main[0]), ...tokens.slice(main[1])];
}

/** What two changes have in common, of all that either changes: 0 to 1. */
function alike(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let [common, all] = [0, 0];
  for (const piece of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(piece) ?? 0, other.get(piece) ?? 0];
    const agree = a > 0 === b > 0 && a !== 0 && b !== 0;
    common += agree ? Math.min(Math.abs(a), Math.abs(b)) : 0;
    all += agree ? Math.max(Math.abs(a), Math.abs(b)) : Math.abs(a) + Math.abs(b);
  }
  return all === 0 ? 0 : common / all;
}

/**
 * What is wrong, in its author's words: the first line of the docstring, unless that is the starter's and tells what the
 * program does; else the first comment that only this answer has; else the file's name.
 */
export function saysOf(
  { text, answer }: KnownWrong,
  { starter, solution }: Pick<Known, 'starter' | 'solution'>,
): string {
  const docstring = docstringOf(text);
  if (docstring !== '' && docstring !== docstringOf(starter.text)) return docstring;
  const comments = [...text.matchAll(/(?:^|\s)#[ \t]*(\S[^\n]*)/g)].map(([, words = '']) => words.trim());
  const others = `${starter.text}\n${solution?.text}`;
  const own = comments.find((words) => !/^(expect|concurrency):/.test(words) && !others.includes(words));
  if (own !== undefined) return own;
  const words = answer.replace(/^wrong-/, '').replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function docstringOf(text: string): string {
  const [, quotes = '', line = ''] = /^(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*("""|''')\s*([^\n]*)/.exec(text) ?? [];
  return (quotes === '' ? line : (line.split(quotes)[0] ?? '')).trim();
}
