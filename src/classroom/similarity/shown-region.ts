/** Where a fragment is in a text as JavaScript and browsers count it. */
import type { Region } from './types.ts';

/**
 * Python counts characters; one outside of the first 65,536 is two units here. Blanks at both ends are left out: a block
 * ends for Python where the next line begins. What is not in the text ends with it.
 */
export function shownRegion(lines: readonly string[], { startRow, startCol, endRow, endCol }: Region): Region {
  let [row, column] = [startRow, unitsOf(lines[startRow] ?? '', startCol)];
  let [lastRow, lastColumn] = [endRow, unitsOf(lines[endRow] ?? '', endCol)];
  const isBefore = () => row < lastRow || (row === lastRow && column < lastColumn);
  while (isBefore() && (lines[row] ?? '').slice(column).trim() === '') [row, column] = [row + 1, 0];
  while (isBefore() && (lines[lastRow] ?? '').slice(0, lastColumn).trim() === '') {
    lastRow--;
    lastColumn = (lines[lastRow] ?? '').length;
  }
  if (!isBefore()) return { startRow: row, startCol: column, endRow: row, endCol: column };
  const first = lines[row] ?? '';
  const last = (lines[lastRow] ?? '').slice(0, lastColumn);
  return {
    startRow: row,
    startCol: column + (first.slice(column).length - first.slice(column).trimStart().length),
    endRow: lastRow,
    endCol: last.trimEnd().length,
  };
}

function unitsOf(line: string, characters: number): number {
  if (!/[\ud800-\udbff]/.test(line)) return Math.min(characters, line.length);
  return [...line].slice(0, characters).join('').length;
}
