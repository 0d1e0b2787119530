/** How the points are distributed, as a drawing. */
import { countOf } from '../../grader/count-of.ts';
import { type Html, html } from './html.ts';

const WIDTH = 340;
const BASE = 128;
const TALLEST = 104;
const BAR = 27;

/** `counts`: as `distribution` returns them. */
export function histogram(counts: readonly number[]): Html {
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, n) => {
    const height = Math.round((count / most) * TALLEST);
    const x = 12 + n * (BAR + 2);
    const label = n === 10 ? '100' : `${n * 10}`;
    return html`<g><title>${rangeOf(n)}: ${countOf(count, 'student')}</title><rect x="${x}" y="${BASE - height}" width="${BAR}" height="${height}"/>${count === 0 ? null : html`<text x="${x + BAR / 2}" y="${BASE - height - 4}" text-anchor="middle">${count}</text>`}<text x="${x + BAR / 2}" y="${BASE + 12}" text-anchor="middle">${label}</text></g>`;
  });
  const said = counts.flatMap((count, n) => (count === 0 ? [] : [`${rangeOf(n)}: ${count}`])).join('; ');
  return html`<svg viewBox="0 0 ${WIDTH} 156" role="img" aria-label="${`Students by per cent of the points. ${said}`}">${bars}<line x1="8" y1="${BASE + 0.5}" x2="${WIDTH - 8}" y2="${BASE + 0.5}"/><text x="${WIDTH / 2}" y="${BASE + 25}" text-anchor="middle">per cent of the points, from … up</text></svg>`;
}

function rangeOf(n: number): string {
  return n === 10 ? '100 %' : `${n * 10} to under ${n * 10 + 10} %`;
}
