/** How the pages about similar answers look, beside the style of all reports. */

const HUES = [55, 145, 230, 300, 15, 190];

/** One for each of marked-source.ts' COLOURS, on light and on dark paper. */
const colours = HUES.map((hue, n) => `.c${n} { --mark: light-dark(oklch(91% .085 ${hue}), oklch(37% .075 ${hue})); }`);

export const PAIR_STYLE = `
body { max-width: 92rem; }
.sides { display: grid; gap: 0 1.2rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); margin-top: 1rem; }
.sides h3 { margin: .4rem 0; }
pre { scroll-padding: 3rem; }
.f { background: var(--mark); color: inherit; text-decoration: none; border-radius: 2px; scroll-margin: 6rem 1rem; print-color-adjust: exact; }
.f sup { padding: 0 .15em; color: var(--muted); font: 600 .62rem/1 system-ui, sans-serif; user-select: none; }
.f:target { outline: 2px solid var(--focus); outline-offset: 1px; }
${colours.join('\n')}
@media (max-width: 56rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
`;

/** What is pointed at on one side is framed on both, without a script. */
export function pointedAt(fragments: number): string {
  const rules = Array.from(
    { length: fragments },
    (_, n) => `.sides:has(.f${n + 1}:is(:hover, :focus-visible)) .f${n + 1}`,
  );
  return rules.length === 0 ? '' : `${rules.join(',\n')} { box-shadow: 0 0 0 2px var(--focus); }\n`;
}

export const INDEX_STYLE = `
.people { margin: .4rem 0; padding-left: 1.2rem; }
.people li { margin: .15rem 0; }
.also { min-width: 15rem; }
`;
