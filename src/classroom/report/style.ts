/** How the reports look: the site's ink on warm paper (src/css/custom.css), dark where the reader's system is, and printed. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #faf7f0; --surface: #f3eee2; --code: #fffdf8; --text: #1f2733; --heading: #15222c; --muted: #5d646e;
  --line: #e2dac7; --line-strong: #cbc1aa; --link: #0b6455; --focus: #1d4ea8;
  --good: #20620f; --good-page: #eff5e4; --bad: #a3211a; --bad-page: #fbece4; --warn: #9a3412; --warn-page: #fdf0cf;
  --partly: #8a6508; --fill: #0b6455;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #13161c; --surface: #1d222b; --code: #191d24; --text: #e4e1d8; --heading: #f1eee5; --muted: #a0a7b2;
    --line: #2c323d; --line-strong: #454d5b; --link: #63c9b6; --focus: #93bbf7;
    --good: #9ccc7a; --good-page: #1a2419; --bad: #ff9d92; --bad-page: #2b1c1c; --warn: #f2a272; --warn-page: #3a3018;
    --partly: #d9c763; --fill: #63c9b6;
  }
}
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --surface: #fff; --code: #fff; --text: #000; --heading: #000; --muted: #444; --line: #ccc;
    --line-strong: #999; --link: #000; --good: #20620f; --good-page: #fff; --bad: #a3211a; --bad-page: #fff;
    --warn: #9a3412; --warn-page: #fff; --partly: #8a6508; --fill: #555;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 66rem; background: var(--page);
  color: var(--text); overflow-wrap: break-word;
  font: 1rem/1.6 Seravek, "Gill Sans Nova", "Source Sans 3", "Source Sans Pro", Ubuntu, Calibri, "DejaVu Sans", system-ui, sans-serif;
}
h1, h2, h3 {
  margin: 2.6rem 0 .6rem; color: var(--heading); font-weight: 650; line-height: 1.25; text-wrap: balance;
  font-family: "Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, "Book Antiqua", Georgia, "DejaVu Serif", serif;
}
h1 { margin: .2rem 0 .4rem; font-size: clamp(1.6rem, 6vw, 2.3rem); }
h2 { font-size: 1.45rem; }
h3 { margin-top: 1.6rem; font-size: 1.1rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
code, pre, .marks { font-family: ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86rem; }
.over { margin: 0; color: var(--muted); font-size: .9rem; }
.quiet { color: var(--muted); font-size: .9rem; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 1rem 0; font-size: .92rem; }
.box { margin: 1rem 0; padding: .7rem 1rem; border-left: 4px solid var(--warn); background: var(--warn-page); }
.box p, .box ul { margin: .2rem 0; }
.figures { display: flex; flex-wrap: wrap; gap: .8rem 2.4rem; margin: 1.2rem 0; padding: 0; list-style: none; }
.figures b { display: block; color: var(--heading); font-size: 1.6rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.figures span { color: var(--muted); font-size: .9rem; }
.table { position: relative; margin: .8rem 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .93rem; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-color: var(--line-strong); color: var(--muted); font-size: .85rem; font-weight: 600; vertical-align: bottom; }
th.n, td.n { text-align: right; white-space: nowrap; }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; cursor: pointer; }
th button::after { content: " ↕"; opacity: .45; }
th[aria-sort=ascending] button::after { content: " ↑"; opacity: 1; }
th[aria-sort=descending] button::after { content: " ↓"; opacity: 1; }
.wide { min-width: 9rem; }
.file, .id { overflow-wrap: anywhere; }
.id { min-width: 4.5rem; }
.words { min-width: 13rem; }
.marks { letter-spacing: .2em; white-space: nowrap; font-size: 1rem; }
.passed { color: var(--good); } .partly { color: var(--partly); } .failed { color: var(--bad); } .nothing { color: var(--muted); } .ungraded { color: var(--warn); }
.bar { display: flex; width: 9rem; height: .7rem; margin-top: .45rem; overflow: hidden; border-radius: 3px; background: var(--line); print-color-adjust: exact; }
.bar i { display: block; background: currentColor; }
svg { display: block; width: 100%; max-width: 36rem; height: auto; margin: .8rem 0; }
svg text { fill: var(--muted); font: 9px system-ui, sans-serif; }
svg rect { fill: var(--fill); print-color-adjust: exact; }
svg line { stroke: var(--line-strong); }
.tests { margin: .6rem 0; padding: 0; list-style: none; }
.tests > li { margin: .5rem 0; padding: .55rem .8rem; border-left: 4px solid var(--bad); background: var(--bad-page); }
.tests > li.good { border-color: var(--good); background: var(--good-page); }
.test { display: flex; gap: .6rem; justify-content: space-between; }
.test > :first-child { min-width: 0; overflow-wrap: anywhere; }
.test > :last-child { flex: none; color: var(--muted); font-size: .9rem; font-variant-numeric: tabular-nums; }
.proof { color: var(--muted); font-size: .86rem; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; }
.tag { padding: 0 .4em; border: 1px solid var(--line-strong); border-radius: 3px; color: var(--muted); font-size: .8rem; white-space: nowrap; }
.command { display: block; max-height: 4.6rem; overflow: auto; user-select: all; overflow-wrap: anywhere; }
.exercise { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; justify-content: space-between; }
.exercise h2 { margin-bottom: 0; }
details { margin: .6rem 0; }
summary { color: var(--link); cursor: pointer; font-size: .93rem; }
pre { max-width: 100%; margin: .5rem 0; padding: .7rem 0; overflow-x: auto; border: 1px solid var(--line); background: var(--code); line-height: 1.5; tab-size: 4; counter-reset: line; }
pre span { display: block; min-height: 1.5em; padding-right: .8rem; counter-increment: line; }
pre span::before { content: counter(line); display: inline-block; width: 2.6rem; margin-right: .9rem; color: var(--muted); text-align: right; user-select: none; }
footer { margin-top: 3.5rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; }
@media (max-width: 40rem) {
  .figures { gap: .7rem 1.6rem; }
  .figures b { font-size: 1.35rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, th button::after { display: none; }
  .table, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
  li, tr, svg { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
