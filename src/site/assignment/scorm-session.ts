/** One visit to a packaged assignment: what the student does is kept by the platform, the points are reported to it. */

import type { Score, ScoreReporter } from './score-reporter.ts';
import type { Lms } from './scorm-lms.ts';
import { type Element, elementsOf, intervalOf } from './scorm-score.ts';
import { anyLength, PackageStorage, packSaved, plainSaved, readSaved, type Saved } from './scorm-storage.ts';

/** Milliseconds after which a change is told, and after which the platform is asked to keep it: that may be slow. */
const TELL = 1000;
const KEEP = 30_000;
/** Earlier editions of SCORM 2004 had room for no more. */
const FEW_CHARACTERS = 4000;

export type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface SessionOptions {
  /** null: the page was not opened by a platform. */
  readonly lms: Lms | null;
  /** False: the platform shows it to be looked at only; nothing is kept or reported. */
  readonly recording: boolean;
  /** The browser's own storage: for what the platform has no room for; null if the browser has none. */
  readonly browser: Area | null;
  /** Tells this assignment and student from others in the browser's storage. */
  readonly key: string;
  /** The key of the assignment itself, which is part of the package. */
  readonly given: string;
  readonly now: () => number;
  /** Called when something has to be said, with null when it is no longer so. */
  readonly say: (what: Trouble | null) => void;
  readonly reported: (score: Score) => void;
}

/** `full`: more than the platform takes. `refused`: it did not take it. `lost`: nor did the browser. */
export type Trouble = 'full' | 'refused' | 'lost';

export class Session implements ScoreReporter {
  readonly storage: PackageStorage;
  readonly #options: SessionOptions;
  readonly #begun: number;
  /** Counts the changes; and how many of them are told. */
  #changes = 0;
  #told = 0;
  /** What is told last is all that there is. */
  #whole = true;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  private constructor(options: SessionOptions, saved: Saved | null) {
    this.#options = options;
    this.#begun = options.now();
    this.storage = new PackageStorage(saved?.items ?? {}, () => {
      this.#changes++;
      this.#telling ??= setTimeout(() => this.#tell(), TELL);
    });
  }

  /** With what the student left behind: the platform's, or the browser's if that is newer. */
  static async open(options: SessionOptions): Promise<Session> {
    const { lms, browser, key } = options;
    const [theirs, ours] = await Promise.all([
      readSaved(lms?.get('cmi.suspend_data') ?? ''),
      readSaved(readFrom(browser, key)),
    ]);
    return new Session(options, (ours?.at ?? -1) > (theirs?.at ?? -1) ? ours : theirs);
  }

  async report(score: Score): Promise<void> {
    const { lms, recording, reported, say } = this.#options;
    if (!lms || !recording) return;
    const refused = elementsOf(score, objectivesOf(lms)).filter(([name, value]: Element) => !lms.set(name, value));
    await this.#tell();
    if (this.#keep() && refused.length === 0) reported(score);
    else say('refused');
  }

  /** The page is hidden: on a phone it may never be shown again. */
  async rest(): Promise<void> {
    await this.#tell();
    this.#keep();
  }

  /** The page goes: nothing can be waited for. */
  end(): void {
    clearTimeout(this.#telling);
    if (this.#told !== this.#changes) {
      const saved = this.#saved();
      this.#save(plainSaved(saved), saved, this.#changes);
    }
    this.#keep();
    this.#options.lms?.end();
  }

  async #tell(): Promise<void> {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const changes = this.#changes;
    if (this.#told >= changes) return;
    const saved = this.#saved();
    const text = await packSaved(saved);
    // Somebody was faster, with what is newer.
    if (this.#told >= changes) return;
    this.#save(text, saved, changes);
    this.#keeping ??= setTimeout(() => this.#keep(), KEEP);
  }

  /** `text`: null if it does not fit. What the platform does not take, the browser keeps. */
  #save(text: string | null, saved: Saved, changes: number): void {
    const { lms, recording } = this.#options;
    this.#told = changes;
    if (!recording) return;
    this.#whole = text !== null && lms?.set('cmi.suspend_data', text) === true;
    if (!this.#whole) this.#keepHere(saved, text === null || text.length > FEW_CHARACTERS ? 'full' : 'refused');
  }

  /** True if the platform has kept what it was told. */
  #keep(): boolean {
    const { lms, recording, browser, key, now, say } = this.#options;
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (!lms || !recording) return false;
    lms.set('cmi.session_time', intervalOf(now() - this.#begun));
    // Else the platform forgets what it was given.
    lms.set('cmi.exit', 'suspend');
    if (!lms.commit()) {
      this.#keepHere(this.#saved(), 'refused');
      return false;
    }
    if (this.#whole) {
      say(null);
      browser?.removeItem(key);
    }
    return true;
  }

  #keepHere(saved: Saved, why: Trouble): void {
    const { lms, browser, key, say } = this.#options;
    const kept = writeTo(browser, key, anyLength(saved));
    if (!kept) say('lost');
    else if (lms) say(why);
  }

  #saved(): Saved {
    return { at: this.#options.now(), items: this.storage.items(this.#options.given) };
  }
}

/** Where an objective is: platforms make some from the manifest, in an order of their own; else behind the last one. */
function objectivesOf(lms: Lms): (objective: string) => number {
  const count = Number(lms.get('cmi.objectives._count')) || 0;
  const known = Array.from({ length: count }, (_, index) => lms.get(`cmi.objectives.${index}.id`));
  return (objective) => {
    if (!known.includes(objective)) known.push(objective);
    return known.indexOf(objective);
  };
}

function readFrom(area: Area | null, key: string): string {
  try {
    return area?.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function writeTo(area: Area | null, key: string, text: string): boolean {
  try {
    area?.setItem(key, text);
    return area !== null;
  } catch {
    return false;
  }
}
