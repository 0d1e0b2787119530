/** Standard input of one run, cut into lines. */
export class Input {
  private text: string;
  private ended: boolean;

  /** `open`: more may be fed; else `text` is all there is. */
  constructor(text: string, open: boolean) {
    this.text = text;
    this.ended = !open;
  }

  /** Whether a task that waits for a line may still get one. */
  get open(): boolean {
    return !this.ended;
  }

  /** Whether `takeLine` answers a line, or the end. */
  get ready(): boolean {
    return this.ended || this.text.includes('\n');
  }

  feed(text: string | null): void {
    if (text === null) this.ended = true;
    else this.text += text;
  }

  /** The next line with its newline, what is left at the end without one, '' after that; null: not yet here. */
  takeLine(): string | null {
    const end = this.text.indexOf('\n') + 1;
    if (end === 0 && !this.ended) return null;
    const line = end === 0 ? this.text : this.text.slice(0, end);
    this.text = this.text.slice(line.length);
    return line;
  }
}
