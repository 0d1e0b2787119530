/** The files in one editor: what the learner typed, stored as typed, back after a reload or a crash. */
import type { Store } from './store.ts';

export interface WorkspaceState {
  /** File name to text, in tab order. */
  readonly files: Readonly<Record<string, string>>;
  /** True if anything differs from the starter. */
  readonly edited: boolean;
  /** What the last reset threw away, until the next edit. */
  readonly undone: Readonly<Record<string, string>> | null;
}

const FILE_NAME = /^[A-Za-z0-9_][\w.-]*$/;
/** A keystroke is stored at the latest this many milliseconds later. */
const DEBOUNCE = 300;

/** The storage key of one file; exported progress carries all keys with this prefix. */
export const DRAFT_PREFIX = 'hb:draft:';

/** The code that a learner types for an exercise is one, wherever the site shows it. */
export function exerciseScope(slug: string): string {
  return `exercise/${slug}`;
}

export class Workspace {
  readonly #store: Store;
  readonly #scope: string;
  readonly #starter: Readonly<Record<string, string>>;
  readonly #listeners = new Set<() => void>();
  /** Names whose text is not stored yet. */
  readonly #unsaved = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #state: WorkspaceState;

  /** `scope` names the program or exercise in the storage keys. Starts with the starter: see `load`. */
  constructor(store: Store, scope: string, starter: Readonly<Record<string, string>>) {
    this.#store = store;
    this.#scope = scope;
    this.#starter = starter;
    this.#state = { files: starter, edited: false, undone: null };
  }

  /** Takes what is stored, or was stored by another tab; what is typed here and not stored yet stays. */
  load = (): void => {
    const files: Record<string, string> = {};
    for (const name of this.#storedNames()) {
      const typed = this.#unsaved.has(name) ? this.#state.files[name] : undefined;
      files[name] = typed ?? this.#store.get(this.#key(name)) ?? this.#starter[name] ?? '';
    }
    if (!sameFiles(files, this.#state.files)) this.#set(files, this.#state.undone);
  };

  get state(): WorkspaceState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  edit(name: string, text: string): void {
    if (this.#state.files[name] === text) return;
    this.#set({ ...this.#state.files, [name]: text }, null);
    this.#unsaved.add(name);
    this.#timer ??= setTimeout(this.flush, DEBOUNCE);
  }

  /** Stores at once what is not stored yet. */
  flush = (): void => {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const names = [...this.#unsaved];
    for (const name of names) this.#save(name);
  };

  reset(): void {
    const before = this.#state.files;
    this.#replaceAll(this.#starter, before);
  }

  undoReset(): void {
    if (this.#state.undone) this.#replaceAll(this.#state.undone, null);
  }

  /** Answers what is wrong with the name, or null when the file was added. */
  add(name: string, text = ''): string | null {
    const problem = this.#nameProblem(name);
    if (problem === null) this.#replaceAll({ ...this.#state.files, [name]: text }, null);
    return problem;
  }

  rename(from: string, to: string): string | null {
    if (from === to) return null;
    const problem = this.#nameProblem(to);
    if (problem !== null) return problem;
    const entries = Object.entries(this.#state.files).map(([name, text]) => [name === from ? to : name, text]);
    this.#replaceAll(Object.fromEntries(entries), null);
    return null;
  }

  /** The last file stays: an editor without a file would have nothing to show. */
  remove(name: string): void {
    const { [name]: _gone, ...rest } = this.#state.files;
    if (Object.keys(rest).length > 0) this.#replaceAll(rest, this.#state.files);
  }

  #nameProblem(name: string): string | null {
    if (!FILE_NAME.test(name)) return 'A file name has letters, digits, “_”, “-” and “.” only.';
    return name in this.#state.files ? `There is a ${name} already.` : null;
  }

  #replaceAll(files: Readonly<Record<string, string>>, undone: Readonly<Record<string, string>> | null): void {
    for (const name of Object.keys(this.#state.files)) if (!(name in files)) this.#store.remove(this.#key(name));
    this.#set({ ...files }, undone);
    for (const name of Object.keys(files)) this.#unsaved.add(name);
    this.#saveNames();
    this.flush();
  }

  #save(name: string): void {
    const text = this.#state.files[name];
    if (text === undefined || text === this.#starter[name]) this.#store.remove(this.#key(name));
    // A text that did not fit stays unsaved, so that `load` keeps it and the next flush tries again.
    else if (!this.#store.set(this.#key(name), text)) return;
    this.#unsaved.delete(name);
  }

  #saveNames(): void {
    const names = Object.keys(this.#state.files);
    if (sameList(names, Object.keys(this.#starter))) this.#store.remove(this.#namesKey());
    else this.#store.set(this.#namesKey(), JSON.stringify(names));
  }

  #storedNames(): string[] {
    // While something here is unsaved, this tab's own list counts, not another's.
    if (this.#unsaved.size > 0) return Object.keys(this.#state.files);
    try {
      const names: unknown = JSON.parse(this.#store.get(this.#namesKey()) ?? 'null');
      if (Array.isArray(names) && names.length > 0) return names.filter((name) => typeof name === 'string');
    } catch {
      // A damaged list is as good as none: the starter's names hold.
    }
    return Object.keys(this.#starter);
  }

  #set(files: Readonly<Record<string, string>>, undone: WorkspaceState['undone']): void {
    this.#state = { files, undone, edited: !sameFiles(files, this.#starter) };
    for (const listener of [...this.#listeners]) listener();
  }

  #key(name: string): string {
    return `${DRAFT_PREFIX}${this.#scope}:${name}`;
  }

  #namesKey(): string {
    return `hb:files:${this.#scope}`;
  }
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function sameFiles(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return sameList(Object.keys(a), Object.keys(b)) && Object.entries(a).every(([name, text]) => b[name] === text);
}
