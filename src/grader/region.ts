/** Kind `order`: the lines between `# begin` and `# end` of a program, which the learner only puts in order. */

export interface Region {
  /** Everything up to and including `# begin`, and from `# end` on. */
  readonly before: string;
  readonly after: string;
  readonly lines: readonly RegionLine[];
  /** Number of the line after `# begin`, from 1. */
  readonly first: number;
}

export interface RegionLine {
  readonly text: string;
  /** In steps of four blanks, as far as the line says. */
  readonly indent: number;
  readonly line: number;
}

/** null unless the text has exactly one `# begin` and, below it, exactly one `# end`. */
export function findRegion(text: string): Region | null {
  const lines = text.split(/\r?\n/);
  const begin = marks(lines, '# begin');
  const end = marks(lines, '# end');
  const [from = -1, to = -1] = [begin[0], end[0]];
  if (begin.length !== 1 || end.length !== 1 || to < from) return null;
  return {
    before: lines.slice(0, from + 1).join('\n'),
    after: lines.slice(to).join('\n'),
    first: from + 2,
    lines: lines.slice(from + 1, to).flatMap((raw, index) => {
      const blanks = /^[ \t]*/.exec(raw)?.[0].replaceAll('\t', '    ').length ?? 0;
      const indent = Math.floor(blanks / 4);
      return raw.trim() === '' ? [] : [{ text: raw.trim(), indent, line: from + 2 + index }];
    }),
  };
}

export function writeRegion({ before, after }: Region, lines: readonly Omit<RegionLine, 'line'>[]): string {
  return [before, ...lines.map(({ text, indent }) => '    '.repeat(indent) + text), after].join('\n');
}

/** What could make a comment more than a comment: another kind of line end, or an encoding that turns it into code. */
const STRANGE = /[^\P{Cc}\n\t]|coding[:=]/u;

/** What is wrong with an answer, in a sentence; null if it is the starter with its lines in some order. */
export function regionProblem(answer: string, starter: string): string | null {
  const [given, own] = [findRegion(starter), findRegion(answer)];
  if (!given) throw new Error('an exercise of kind order needs one line "# begin" and, below it, one line "# end"');
  if (STRANGE.test(answer.replaceAll('\r\n', '\n')))
    return 'It holds control characters or names an encoding: write plain text only.';
  if (!own) return 'The lines "# begin" and "# end" must stay, each once: your lines go between them.';
  const changed = otherLine(own.before, given.before) ?? otherLine(own.after, given.after);
  if (changed !== null) return `Only the lines between "# begin" and "# end" are yours to order, but ${changed}.`;
  const left = given.lines.map(({ text }) => text);
  for (const { text, line } of own.lines) {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    else if (given.lines.some((other) => other.text === text))
      return `Line ${line}, "${shorten(text)}", stands there more often than it was given.`;
    else return `Line ${line}, "${shorten(text)}", is not one of the given lines.`;
  }
  return null;
}

/** The given lines that an answer leaves out. */
export function leftOut(answer: Region, starter: Region): RegionLine[] {
  const used = answer.lines.map(({ text }) => text);
  return starter.lines.filter(({ text }) => {
    const at = used.indexOf(text);
    if (at >= 0) used.splice(at, 1);
    return at < 0;
  });
}

function marks(lines: readonly string[], mark: string): number[] {
  return lines.flatMap((line, index) => (line.trim() === mark ? [index] : []));
}

/** Where a part that is not the learner's differs from what was given; blanks and comments do not count. */
function otherLine(own: string, given: string): string | null {
  const clean = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => !/^\s*(#|$)/.test(line));
  const [a, b] = [clean(own), clean(given)];
  const at = a.findIndex((line, index) => line !== b[index]);
  if (at >= 0) return `"${shorten((a[at] ?? '').trim())}" was not given outside of them`;
  return a.length === b.length ? null : `"${shorten((b[a.length] ?? '').trim())}" is missing outside of them`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
