/** Code with the numbers of its lines, and with a name in the place of every character that is not seen. */
import { countOf } from '../../grader/count-of.ts';
import { type Html, html } from './html.ts';

/** No honest answer comes near; the file itself is where it was. */
const MOST_LINES = 2000;
const LONGEST_LINE = 500;
const MOST_CHARACTERS = 100_000;

/** `open`: shown at once, else after a click. `label` goes before the file's name. */
export function codeViews(files: Readonly<Record<string, string>>, open: boolean, label = ''): Html[] {
  return Object.keys(files)
    .sort()
    .map((name) => {
      const code = codeView(files[name] ?? '');
      const summary = html`<summary>${label}<code>${name}</code></summary>`;
      return open ? html`<details open>${summary}${code}</details>` : html`<details>${summary}${code}</details>`;
    });
}

function codeView(text: string): Html {
  if (text.trim() === '') return html`<p class="quiet">This file is empty.</p>`;
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  const shown: string[] = [];
  let room = MOST_CHARACTERS;
  for (const line of lines.slice(0, MOST_LINES)) {
    if (room < 0) break;
    const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} … (${line.length} characters)` : line;
    room -= cut.length;
    shown.push(cut);
  }
  const rest = lines.length - shown.length;
  return html`<pre><code>${shown.map((line) => html`<span>${line}</span>`)}</code></pre>${
    rest === 0 ? null : html`<p class="quiet">… and ${countOf(rest, 'more line')}, in the file itself.</p>`
  }`;
}
