/** What normalise.py makes of a source, read back from the engine: data, and not believed to be in order. */
import { Region } from '@dodona/dolos-core';

export interface Normalised {
  /** Names that the answer gives are all `name`; keywords, operators and the library's names stay themselves. */
  readonly tokens: readonly string[];
  /** Where each token is; in order. Columns in code points. */
  readonly regions: readonly Region[];
  /** Which of the tokens, from the first to before the second, are the block that only runs as a program. */
  readonly main: readonly [number, number] | null;
  /** False: Python cannot read it to its end, and what follows is compared line by line. */
  readonly readable: boolean;
  /** Equal for programs that differ in names, comments and layout only; null if Python cannot read it. */
  readonly program: string | null;
}

/** Of `count` sources; null if it is not what normalise.py answers. */
export function readNormalised(value: unknown, count: number): Normalised[] | null {
  if (!isRecord(value) || !Array.isArray(value.words) || !Array.isArray(value.answers)) return null;
  const { words, answers } = value;
  if (answers.length !== count || !words.every((word) => typeof word === 'string')) return null;
  const read = answers.map((answer) => readOne(answer, words));
  return read.every((one) => one !== null) ? read : null;
}

function readOne(answer: unknown, words: readonly string[]): Normalised | null {
  if (!isRecord(answer)) return null;
  const { tokens: codes, places, main, readable, program } = answer;
  if (!isNumbers(codes) || !isNumbers(places) || places.length !== 4 * codes.length) return null;
  const tokens: string[] = [];
  for (const code of codes) {
    const word = words[code];
    if (word === undefined) return null;
    tokens.push(word);
  }
  const block = isNumbers(main) && main.length === 2 ? ([main[0] ?? 0, main[1] ?? 0] as const) : null;
  return {
    tokens,
    regions: regionsOf(places),
    main: block,
    readable: readable === true,
    program: typeof program === 'string' ? program : null,
  };
}

/** Dolos throws at a region that ends before it starts, or starts before the one before it. */
function regionsOf(places: readonly number[]): Region[] {
  const regions: Region[] = [];
  let [row, column] = [0, 0];
  for (let at = 0; at < places.length; at += 4) {
    const [startRow = 0, startCol = 0, endRow = 0, endCol = 0] = places.slice(at, at + 4);
    if (startRow > row || (startRow === row && startCol > column)) [row, column] = [startRow, startCol];
    const isAfter = endRow > row || (endRow === row && endCol >= column);
    regions.push(new Region(row, column, isAfter ? endRow : row, isAfter ? endCol : column));
  }
  return regions;
}

/** What is compared when not even Python's tokens are to be had: lines, without their blanks. */
export function linesOf(source: string): Normalised {
  const tokens: string[] = [];
  const regions: Region[] = [];
  for (const [row, line] of source.split('\n', MOST_LINES).entries()) {
    const text = line.slice(0, LONGEST_LINE).replace(/\s+/g, '');
    if (text === '') continue;
    tokens.push(text);
    regions.push(new Region(row, 0, row, Math.min(line.length, LONGEST_LINE)));
  }
  return { tokens, regions, main: null, readable: false, program: null };
}

const MOST_LINES = 3000;
const LONGEST_LINE = 200;

/** Sources are told apart by their text, and Python knows no other line end. */
export function cleanSource(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .toWellFormed();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => Number.isInteger(one) && one >= 0);
}

export interface Joined {
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly row: number }[];
  readonly normalised: Normalised;
}

/** Files of one answer as one text, in the order of their names. */
export function joined(files: Readonly<Record<string, string>>, normalise: (source: string) => Normalised): Joined {
  let [text, program]: [string, string | null] = ['', ''];
  let main: Normalised['main'] = null;
  let readable = true;
  const [tokens, regions]: [string[], Region[]] = [[], []];
  const places: { name: string; row: number }[] = [];
  let row = 0;
  for (const name of Object.keys(files).sort()) {
    const source = cleanSource(files[name] ?? '');
    const one = normalise(source);
    places.push({ name, row });
    if (one.main !== null) main ??= [one.main[0] + tokens.length, one.main[1] + tokens.length];
    for (const [at, { startRow, startCol, endRow, endCol }] of one.regions.entries()) {
      regions.push(new Region(startRow + row, startCol, endRow + row, endCol));
      tokens.push(one.tokens[at] ?? '');
    }
    readable &&= one.readable;
    program = program === null || one.program === null ? null : program + one.program;
    const ended = source.endsWith('\n') ? source : `${source}\n`;
    text += ended;
    row += ended.split('\n').length - 1;
  }
  return { text, files: places, normalised: { tokens, regions, main, readable, program } };
}
