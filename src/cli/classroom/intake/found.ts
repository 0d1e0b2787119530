/** A file that was found: where, and how to read it. Names are as they came; `shown` is what may be printed. */

export interface Found {
  /** From below the folder that was given down to the file. An archive is a name like a folder. */
  readonly names: readonly string[];
  /** So many of `names` were given by the teacher or the learning platform; the rest, in an archive, by a student. */
  readonly given: number;
  readonly shown: string;
  /** Where it lies on disk; absent: it is in an archive. */
  readonly full?: string;
  /** All of it. Throws Refusal: it has more than `most` bytes, is no plain file, is damaged … */
  read(most: number): Promise<Buffer>;
}

/** What is no answer: it becomes a note to whoever's it is, or is refused. */
export interface Stray {
  readonly names: readonly string[];
  readonly shown: string;
  readonly kind: 'given' | 'forged' | 'foreign' | 'rubbish' | 'other';
  readonly reason: string;
  readonly advice: string;
}

/** A folder that was given, or an archive: what is in it, in the order of names. */
export interface Holder {
  /** None for the folder itself. */
  readonly names: readonly string[];
  readonly files: readonly Found[];
  /** What is in it and was not read: links, special files, names that lead elsewhere; what programs leave behind. */
  readonly strays: readonly Stray[];
  /** How a path in it is shown. */
  show(names: readonly string[]): string;
}

/** Plain order of code units, name by name: the same everywhere. */
export function inOrder(one: { readonly names: readonly string[] }, other: { readonly names: readonly string[] }) {
  for (let i = 0; i < one.names.length && i < other.names.length; i += 1) {
    const [a = '', b = ''] = [one.names[i], other.names[i]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return one.names.length - other.names.length;
}

const RUBBISH_NAMES = new Set(
  '.happens-before __MACOSX .DS_Store Thumbs.db desktop.ini .git .svn .hg .happens-before node_modules __pycache__ .venv venv .idea .vscode .pytest_cache .mypy_cache .ruff_cache .ipynb_checkpoints .Spotlight-V100 .Trashes'.split(
    ' ',
  ),
);

/** A folder or file that operating systems and tools leave behind, and nobody hands in on purpose. */
export function isRubbish(name: string): boolean {
  return RUBBISH_NAMES.has(name) || name.startsWith('._') || name.endsWith('.pyc') || name.startsWith('~$');
}

export function rubbish(names: readonly string[], shown: string): Stray {
  return { names, shown, kind: 'rubbish', reason: 'is no work of a student.', advice: 'Nothing is to be done.' };
}

/** What paths that are shown have in common, up to a `/` or into an archive; empty if that is nothing. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let end = first.length;
  for (const other of others) {
    let same = 0;
    while (same < end && other[same] === first[same]) same += 1;
    end = same;
  }
  return first.slice(0, Math.max(first.lastIndexOf('/', end - 1), first.lastIndexOf('!', end - 1)) + 1);
}
