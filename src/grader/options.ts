/** The answer file of kind `predict`: a list of what could happen, `[ ] text` or, where the reader says it can, `[x] text`. */

export interface Option {
  readonly text: string;
  readonly marked: boolean;
  /** From 1. */
  readonly line: number;
}

export type Options =
  | { readonly kind: 'options'; readonly options: readonly Option[] }
  | { readonly kind: 'problem'; readonly line: number; readonly message: string };

const OPTION = /^(\s*\[)([ xX]?)(\]\s?)([^\n]*)$/;
const MOST_OPTIONS = 200;
const LONGEST_LINE = 300;

export function parseOptions(text: string): Options {
  const options: Option[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const [, , mark, , rest] = (raw.length <= LONGEST_LINE && OPTION.exec(raw)) || [];
    const option = { text: (rest ?? '').trim(), marked: mark === 'x' || mark === 'X', line };
    const problem = (message: string): Options => ({ kind: 'problem', line, message });
    if (rest === undefined || option.text === '')
      return problem(
        `"${content.slice(0, 60)}" is not an option. An option is "[ ] text", or "[x] text" if it can happen`,
      );
    if (options.some((other) => other.text === option.text)) return problem(`"${option.text}" is there twice`);
    options.push(option);
    if (options.length > MOST_OPTIONS) return problem(`more than ${MOST_OPTIONS} options`);
  }
  return { kind: 'options', options };
}

/** The same text with the option on this line marked, or not. */
export function markOption(text: string, line: number, marked: boolean): string {
  const mark = marked ? 'x' : ' ';
  const lines = text.split('\n');
  const changed = lines.map((raw, index) => (index === line - 1 ? raw.replace(OPTION, `$1${mark}$3$4`) : raw));
  return changed.join('\n');
}
