/** Tables as CSV that a spreadsheet shows and never computes. */
import Papa from 'papaparse';
import { visible } from './html.ts';

export type Cell = string | number | null;

/** RFC 4180: commas, CRLF. Cells that begin like a formula get an apostrophe in front, as OWASP advises. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  const plain = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? safe(cell) : cell)));
  return `${Papa.unparse(plain, { delimiter: ',', newline: '\r\n' })}\r\n`;
}

/**
 * The apostrophe is ours, not the library's: its own pattern misses formulas with a line break in them, after blanks, and in
 * wide letters; and where lists are separated by semicolons, a spreadsheet finds a second cell after one.
 */
function safe(text: string): string {
  return visible(text)
    .replace(/[\n\t]+/g, ' ')
    .replace(/(^|[;|,])(\s*)(?=[=+\-@＝＋－＠])/g, "$1$2'");
}
