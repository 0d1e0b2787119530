/** How similar the pairs of an exercise are, as a drawing: what is usual, and what stands out. */
import { countOf } from '../../grader/count-of.ts';
import { type Html, html } from '../report/html.ts';
import type { Usual } from './types.ts';

const WIDTH = 340;
const BASE = 92;
const TALLEST = 72;
const STEP = 16;
const LEFT = 10;

/** Heights grow with the logarithm: most pairs have nothing in common, and the few others are what one looks for. */
export function usualDrawing({ histogram }: Usual, threshold: number): Html {
  const most = Math.log1p(Math.max(1, ...histogram));
  const bars = histogram.map((count, n) => {
    const height = Math.round((Math.log1p(count) / most) * TALLEST);
    const label = `${rangeOf(n)}: ${countOf(count, 'pair')}`;
    return html`<g><title>${label}</title><rect x="${LEFT + n * STEP + 1}" y="${BASE - height}" width="${STEP - 2}" height="${height}"/></g>`;
  });
  const ticks = [0, 25, 50, 75, 100].map(
    (percent) =>
      html`<text x="${LEFT + (percent / 100) * 20 * STEP}" y="${BASE + 12}" text-anchor="middle">${percent}</text>`,
  );
  const at = Math.round(LEFT + threshold * 20 * STEP);
  const said = histogram.flatMap((count, n) => (count === 0 ? [] : [`${rangeOf(n)}: ${count}`])).join('; ');
  return html`<svg viewBox="0 0 ${WIDTH} 122" role="img" aria-label="${`Pairs by similarity. ${said}`}">${bars}<line x1="${LEFT - 2}" y1="${BASE + 0.5}" x2="${WIDTH - 8}" y2="${BASE + 0.5}"/><line x1="${at}" y1="10" x2="${at}" y2="${BASE}" stroke-dasharray="3 2"/><text x="${at - 3}" y="14" text-anchor="end">stands out from here →</text>${ticks}<text x="${WIDTH / 2}" y="${BASE + 24}" text-anchor="middle">per cent similar; heights are logarithmic</text></svg>`;
}

function rangeOf(n: number): string {
  return n === 19 ? '95 to 100 %' : `${n * 5} to under ${n * 5 + 5} %`;
}
