/** One side of a pair as HTML: its lines, and in them the fragments that the other side has too, linked with those. */
import { type Html, html } from '../report/html.ts';
import type { Region, Side } from './types.ts';

/** No honest answer comes near; the file itself is where it was. */
const MOST_LINES = 1000;
const LONGEST_LINE = 500;
/** Different colours; each fragment has its number beside. */
export const COLOURS = 6;

type Which = 'left' | 'right';
interface Fragment {
  readonly left: Region;
  readonly right: Region;
}

/** A part of a line; `fragment`: its number, from 1, or 0. */
interface Piece {
  readonly text: string;
  readonly fragment: number;
}

/** Both sides, and how many fragments are marked in them. */
export function markedSources(
  left: Side,
  right: Side,
  fragments: readonly Fragment[],
): { readonly left: Html; readonly right: Html; readonly count: number } {
  const [ofLeft, ofRight] = [cellsOf(left), cellsOf(right)];
  // Fragments of the same text may overlap: the longest have their colour first, others where there is room on both sides.
  const bySize = fragments
    .map((fragment, n) => ({ fragment, n, size: sizeOf(ofLeft, fragment.left) }))
    .sort((a, b) => b.size - a.size || a.n - b.n);
  const shown = bySize
    .filter(({ fragment, n }) => {
      if (!isFree(ofLeft, fragment.left) || !isFree(ofRight, fragment.right)) return false;
      paint(ofLeft, fragment.left, n);
      paint(ofRight, fragment.right, n);
      return true;
    })
    .map(({ n }) => n)
    .sort((a, b) => a - b);
  const numbers = new Map(shown.map((n, at) => [n, at + 1]));
  return {
    left: sourceOf(left, ofLeft, numbers, 'left'),
    right: sourceOf(right, ofRight, numbers, 'right'),
    count: shown.length,
  };
}

/** What each character of each line belongs to: -1, or the number of a fragment. */
function cellsOf({ text }: Side): Int32Array[] {
  return linesOf(text).map((line) => new Int32Array(Math.min(line.length, LONGEST_LINE)).fill(-1));
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n').slice(0, MOST_LINES);
}

function* partsOf(cells: readonly Int32Array[], { startRow, startCol, endRow, endCol }: Region) {
  for (let row = startRow; row <= Math.min(endRow, cells.length - 1); row++) {
    const line = cells[row];
    if (line) yield line.subarray(row === startRow ? startCol : 0, row === endRow ? endCol : line.length);
  }
}

function sizeOf(cells: readonly Int32Array[], region: Region): number {
  return [...partsOf(cells, region)].reduce((sum, part) => sum + part.length, 0);
}

function isFree(cells: readonly Int32Array[], region: Region): boolean {
  return [...partsOf(cells, region)].some((part) => part.includes(-1));
}

function paint(cells: readonly Int32Array[], region: Region, n: number): void {
  for (const part of partsOf(cells, region))
    for (const [at, painted] of part.entries()) if (painted === -1) part[at] = n;
}

function sourceOf(side: Side, cells: readonly Int32Array[], numbers: ReadonlyMap<number, number>, which: Which): Html {
  const lines = linesOf(side.text);
  const begun = new Set<number>();
  const rest = side.text.replace(/\n$/, '').split('\n').length - lines.length;
  return html`${side.files.map(({ name, row }, n) => {
    const end = side.files[n + 1]?.row ?? lines.length;
    const rows = lines.slice(row, end).map((line, at) => {
      const pieces = piecesOf(line, cells[row + at] ?? new Int32Array(), numbers);
      return html`<span>${pieces.map((piece) => markOf(piece, which, begun))}${line.length > LONGEST_LINE ? ` … (${line.length} characters)` : null}</span>`;
    });
    return html`<h3><code>${name}</code></h3><pre><code>${rows}</code></pre>`;
  })}${rest > 0 ? html`<p class="quiet">… and ${rest} more lines, in the file itself.</p>` : null}`;
}

function piecesOf(line: string, cells: Int32Array, numbers: ReadonlyMap<number, number>): Piece[] {
  const pieces: Piece[] = [];
  // The blanks before a line's code belong to nothing.
  const indent = line.length - line.trimStart().length;
  let from = 0;
  for (let at = 1; at <= cells.length; at++) {
    const [before, here] = [at - 1, at].map((place) => (place < indent ? -1 : cells[place]));
    if (at < cells.length && before === here) continue;
    pieces.push({ text: line.slice(from, at), fragment: numbers.get(before ?? -1) ?? 0 });
    from = at;
  }
  return pieces;
}

function markOf({ text, fragment }: Piece, which: Which, begun: Set<number>): Html {
  if (fragment === 0) return html`${text}`;
  const isFirst = !begun.has(fragment);
  begun.add(fragment);
  const other = which === 'left' ? 'right' : 'left';
  const mark = `f f${fragment} c${(fragment - 1) % COLOURS}`;
  return isFirst
    ? html`<a class="${mark}" id="${which}-${fragment}" href="#${other}-${fragment}"><sup>${fragment}</sup>${text}</a>`
    : html`<a class="${mark}" tabindex="-1" href="#${other}-${fragment}">${text}</a>`;
}
