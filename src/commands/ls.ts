/** `ls`. */
import { isFailed } from '../kernel/errno.ts';
import type { FileKind, Stat } from '../kernel/files/types.ts';
import { format, moment } from './calendar.ts';
import { entriesOf, joinPath, tooDeep } from './folders.ts';
import { parseOptions } from './options.ts';
import { program, type Running } from './program.ts';
import { quoted, reason } from './reasons.ts';
import { USER } from './small.ts';
import { byCodePoint } from './text.ts';
import type { Calling } from './types.ts';

const WIDTH = 80;
const LONG = {
  all: 'a',
  'almost-all': 'A',
  directory: 'd',
  'human-readable': 'h',
  recursive: 'R',
  classify: 'F',
  inode: 'i',
  reverse: 'r',
  size: 's',
  color: '~',
};

interface Line {
  readonly name: string;
  readonly stat: Stat;
  /** Where a symbolic link leads, as it is written there. */
  readonly target: string | null;
}

export const ls = program('ls', 2, function* (run) {
  const { options, operands } = yield* parseOptions(run, { letters: 'laA1RhdFirtSCnqgopU~', long: LONG });
  const letters = new Set(options.map(({ letter }) => letter));
  const listing = new Listing(run, letters);
  const paths = operands.length > 0 ? [...operands] : ['.'];
  const files: Line[] = [];
  const folders: Line[] = [];
  for (const path of paths) {
    const line = listing.line(path, path, !letters.has('d') && !letters.has('l') && !letters.has('F'));
    if (isFailed(line)) {
      yield* listing.trouble(2, `cannot access ${quoted(path)}: ${reason(line)}`);
      continue;
    }
    const target =
      line.stat.kind === 'link' && !letters.has('d') && !letters.has('l')
        ? run.calls.stat(null, path, true)
        : line.stat;
    const isFolder = !isFailed(target) && target.kind === 'folder' && !letters.has('d');
    (isFolder ? folders : files).push(line);
  }
  yield* listing.show(listing.sorted(files), false);
  const open = listing
    .sorted(folders)
    .map(({ name }) => name)
    .reverse();
  const titled = letters.has('R') || operands.length > 1;
  let first = files.length === 0;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const entries = tooDeep(path) ? { errno: 'ENAMETOOLONG' as const } : yield* entriesOf(run.calls, path);
    if (isFailed(entries)) {
      yield* listing.trouble(
        operands.includes(path) ? 2 : 1,
        `cannot open directory ${quoted(path)}: ${reason(entries)}`,
      );
      continue;
    }
    if (titled) yield* run.out(`${first ? '' : '\n'}${path}:\n`);
    first = false;
    const lines: Line[] = [];
    for (const name of listing.chosen(entries.map((entry) => entry.name))) {
      const line = listing.line(joinPath(path, name), name, false);
      if (isFailed(line)) yield* listing.trouble(1, `cannot access ${quoted(joinPath(path, name))}: ${reason(line)}`);
      else lines.push(line);
    }
    const sorted = listing.sorted(lines);
    yield* listing.show(sorted, true);
    if (!letters.has('R')) continue;
    const inside = sorted.filter(({ name, stat }) => stat.kind === 'folder' && name !== '.' && name !== '..');
    open.push(...inside.map(({ name }) => joinPath(path, name)).reverse());
  }
  return listing.code;
});

class Listing {
  code = 0;
  private readonly run: Running;
  private readonly letters: ReadonlySet<string>;

  constructor(run: Running, letters: ReadonlySet<string>) {
    this.run = run;
    this.letters = letters;
  }

  *trouble(code: number, text: string): Calling<void> {
    this.code = Math.max(this.code, code);
    yield* this.run.error(text);
  }

  line(path: string, name: string, follow: boolean): Line | { errno: Parameters<typeof reason>[0]['errno'] } {
    const followed = this.run.calls.stat(null, path, follow);
    // A link that leads nowhere is shown itself.
    const stat = isFailed(followed) && follow ? this.run.calls.stat(null, path, false) : followed;
    if (isFailed(stat)) return stat;
    const target = stat.kind === 'link' ? this.run.calls.readLink(null, path) : null;
    return { name, stat, target: isFailed(target) ? null : target };
  }

  chosen(names: readonly string[]): string[] {
    if (this.letters.has('a')) return ['.', '..', ...names];
    return names.filter((name) => this.letters.has('A') || !name.startsWith('.'));
  }

  sorted(lines: readonly Line[]): Line[] {
    const names = (a: Line, b: Line) => byCodePoint(a.name, b.name);
    let order = names;
    if (this.letters.has('t')) order = (a, b) => b.stat.modified - a.stat.modified || names(a, b);
    if (this.letters.has('S')) order = (a, b) => b.stat.size - a.stat.size || names(a, b);
    const sorted = [...lines].sort(order);
    return this.letters.has('r') ? sorted.reverse() : sorted;
  }

  *show(lines: readonly Line[], isFolder: boolean): Calling<void> {
    const inode = (line: Line) => (this.letters.has('i') ? `${line.stat.inode} ` : '');
    if (this.letters.has('l')) {
      if (isFolder)
        yield* this.run.out(
          `total ${this.size(
            lines.reduce((sum, { stat }) => sum + blocks(stat), 0),
            1024,
          )}\n`,
        );
      yield* this.table(lines);
    } else if ((!this.run.toTerminal() && !this.letters.has('C')) || this.letters.has('1')) {
      for (const line of lines) yield* this.run.out(`${inode(line)}${this.named(line)}\n`);
    } else yield* this.columns(lines.map((line) => `${inode(line)}${this.named(line)}`));
  }

  private *table(lines: readonly Line[]): Calling<void> {
    const links = widest(lines.map(({ stat }) => String(stat.links)));
    const owners = widest(lines.map(({ stat }) => ownerOf(stat)));
    const sizes = widest(lines.map(({ stat }) => this.size(stat.size, 1)));
    const now = this.run.process.epoch + this.run.calls.clock();
    for (const line of lines) {
      const { stat } = line;
      // As GNU's: the year instead of the hour for what is older than half a year, or not yet.
      const recent = stat.modified <= now && stat.modified > now - 15_778_476;
      const time = format(recent ? '%b %e %H:%M' : '%b %e  %Y', moment(stat.modified));
      const inode = this.letters.has('i') ? `${stat.inode} ` : '';
      const target = line.target === null ? '' : ` -> ${line.target}`;
      const owner = ownerOf(stat).padEnd(owners);
      const begin = `${inode}${permissions(stat)} ${String(stat.links).padStart(links)} ${owner} ${owner}`;
      yield* this.run.out(`${begin} ${this.size(stat.size, 1).padStart(sizes)} ${time} ${this.named(line)}${target}\n`);
    }
  }

  /** As many columns as fit, each as wide as its longest name, filled downwards. */
  private *columns(names: readonly string[]): Calling<void> {
    if (names.length === 0) return;
    for (let rows = 1; rows <= names.length; rows++) {
      const columns = Math.ceil(names.length / rows);
      const widths = Array.from(
        { length: columns },
        (_, column) => widest(names.slice(column * rows, (column + 1) * rows)) + (column < columns - 1 ? 2 : 0),
      );
      if (rows < names.length && widths.reduce((sum, width) => sum + width, 0) > WIDTH - 1) continue;
      for (let row = 0; row < rows; row++) {
        const cells = widths.map((width, column) => (names[column * rows + row] ?? '').padEnd(width));
        yield* this.run.out(`${cells.join('').trimEnd()}\n`);
      }
      return;
    }
  }

  private named({ name, stat }: Line): string {
    if (this.letters.has('p') && stat.kind === 'folder') return `${name}/`;
    if (!this.letters.has('F')) return name;
    const runnable = stat.kind === 'file' && (stat.mode & 0o111) !== 0;
    if (stat.kind === 'link' && this.letters.has('l')) return name;
    return name + (runnable ? '*' : MARKS[stat.kind]);
  }

  private size(value: number, unit: number): string {
    if (!this.letters.has('h')) return String(value);
    let size = value * unit;
    let scale = -1;
    for (; size >= 1024; scale++) size /= 1024;
    if (scale < 0) return String(size);
    return `${size < 10 ? (Math.ceil(size * 10) / 10).toFixed(1) : Math.ceil(size)}${'KMGTPE'[scale]}`;
  }
}

const MARKS: Readonly<Record<FileKind, string>> = {
  file: '',
  folder: '/',
  link: '@',
  device: '',
  fifo: '|',
  socket: '=',
};
const LETTERS: Readonly<Record<FileKind, string>> = {
  file: '-',
  folder: 'd',
  link: 'l',
  device: 'c',
  fifo: 'p',
  socket: 's',
};

function permissions({ kind, mode }: Stat): string {
  const bits = [...'rwxrwxrwx'].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-'));
  const special = (bit: number, at: number, letter: string) => {
    if (mode & bit) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, 's');
  special(0o2000, 5, 's');
  special(0o1000, 8, 't');
  return LETTERS[kind] + bits.join('');
}

/** KiB on a disk of 4 KiB blocks. */
function blocks({ kind, size }: Stat): number {
  if (kind === 'folder') return 4;
  return kind === 'file' ? Math.ceil(size / 4096) * 4 : 0;
}

function widest(texts: readonly string[]): number {
  let width = 0;
  for (const text of texts) width = Math.max(width, [...text].length);
  return width;
}

function ownerOf({ owner }: Stat): string {
  return owner === 0 ? 'root' : USER;
}
