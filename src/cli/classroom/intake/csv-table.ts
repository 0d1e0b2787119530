/** A CSV file of the teacher's: headings, and rows by heading. */
import Papa from 'papaparse';
import { Usage } from '../../usage.ts';
import { LIST_FILE } from './bounds.ts';
import { decodeText } from './decode-text.ts';
import { readPlain } from './disk.ts';
import { printable } from './printable.ts';
import { Refusal } from './refusal.ts';

export interface Row {
  /** In the file, from 1; a row with line breaks in it counts as one. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly Row[];
}

/** Throws Usage, which names the file, the line and what to do. */
export async function readTable(file: string): Promise<Table> {
  const bytes = await readPlain(file, LIST_FILE).catch((error) => complain(file, error));
  const text = textOf(file, bytes);
  // Guessed without the empty lines, which are read all the same: they count.
  const { delimiter } = Papa.parse(text, { preview: 20, skipEmptyLines: 'greedy' }).meta;
  const { data, errors } = Papa.parse<string[]>(text, { delimiter });
  const [wrong] = errors;
  if (wrong)
    throw new Usage(
      `${printable(file)}: line ${(wrong.row ?? 0) + 1}: ${wrong.message}. Correct it, or export the list again.`,
    );
  const rows = data
    .map((cells, i): Row => ({ line: i + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first, ...rest] = rows;
  if (!first) throw new Usage(`${printable(file)}: is empty. Its first line names the columns, as in: id,name,email`);
  const long = rest.find(({ cells }) => cells.slice(first.cells.length).some((cell) => cell !== ''));
  if (long)
    throw new Usage(
      `${printable(file)}: line ${long.line}: has more columns than the first line. Put quotation marks around what has a comma in it.`,
    );
  return { headings: first.cells, rows: rest };
}

function textOf(file: string, bytes: Buffer): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    return complain(file, error);
  }
}

function complain(file: string, error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  throw new Usage(`${printable(file)}: ${error.reason} Save it as CSV in UTF-8 and try again.`);
}

/** "SIS User ID", "sis_user_id" → "sis user id". */
export function plainHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
