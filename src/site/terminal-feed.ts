/** Output on its way to the terminal: joined into few writes, stderr tinted, and bounded however fast it comes. */

/** More than this many waiting characters and the oldest are dropped: nobody can read them anyway. */
const WAITING = 1 << 19;
/** The terminal's own full reset: travels with the text, so that no output of a new run can be cleared with the old. */
export const CLEAR = '\x1bc';
const STDERR = '\x1b[31m';
const PLAIN = '\x1b[39m';

export class TerminalFeed {
  #text = '';
  #dropped = 0;
  #cleared = false;
  #fd: 1 | 2 = 1;
  #notify: (() => void) | null = null;

  push(fd: 1 | 2, text: string): void {
    if (text === '') return;
    if (fd !== this.#fd) this.#text += fd === 2 ? STDERR : PLAIN;
    this.#fd = fd;
    this.#text += text;
    if (this.#text.length > WAITING) {
      const from = this.#text.length - WAITING / 2;
      this.#dropped += from;
      this.#text = (this.#fd === 2 ? STDERR : PLAIN) + this.#text.slice(from);
    }
    this.#notify?.();
  }

  /** Everything from here on is on a clean screen. */
  reset(): void {
    this.#text = '';
    this.#dropped = 0;
    this.#fd = 1;
    this.#cleared = true;
    this.#notify?.();
  }

  /** At most `limit` characters that wait; empty when nothing does. */
  take(limit: number): string {
    const note = this.#dropped > 0 ? `\r\n\x1b[2m… ${this.#dropped} characters skipped …\x1b[22m\r\n` : '';
    const clear = this.#cleared ? CLEAR : '';
    const text = this.#text.slice(0, limit);
    this.#text = this.#text.slice(limit);
    this.#dropped = 0;
    this.#cleared = false;
    return clear + note + text;
  }

  get waiting(): boolean {
    return this.#text !== '' || this.#dropped > 0 || this.#cleared;
  }

  /** One reader at a time: it is told when something waits, and at once if something does. */
  attach(notify: () => void): () => void {
    this.#notify = notify;
    if (this.waiting) notify();
    return () => {
      if (this.#notify === notify) this.#notify = null;
    };
  }
}
