/** Edits one line of standard input at a terminal, as a tty in canonical mode does: echo, erase, end of file. */

export interface Typed {
  /** What the terminal must show for these keys. */
  readonly echo: string;
  /** Complete lines, newline included; null is the end of input (Ctrl-D on an empty line). */
  readonly lines: readonly (string | null)[];
  /** Ctrl-C was pressed. */
  readonly interrupt: boolean;
}

/** Arrow and function keys arrive as escape sequences; a line editor without a cursor ignores them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the terminal's own bytes
const ESCAPE_SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|[^[O])?/g;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

export class LineEditor {
  #line: string[] = [];

  /** `data` is what the terminal got: one key, or a whole paste. */
  feed(data: string): Typed {
    let echo = '';
    let interrupt = false;
    const lines: (string | null)[] = [];
    const keys = data.replace(ESCAPE_SEQUENCE, '').replace(/\r\n/g, '\r');
    for (const key of keys) {
      if (key === '\r' || key === '\n') {
        lines.push(`${this.#line.join('')}\n`);
        this.#line = [];
        echo += '\r\n';
      } else if (key === '\x7f' || key === '\b') {
        echo += this.#erase(1);
      } else if (key === '\x15') {
        echo += this.#erase(this.#line.length);
      } else if (key === '\x03') {
        interrupt = true;
        echo += '^C';
        this.#line = [];
      } else if (key === '\x04') {
        // As on a tty, Ctrl-D after some text only sends the text; here it is ignored until the line is empty.
        if (this.#line.length === 0) lines.push(null);
      } else if (key === '\t' || key >= ' ') {
        this.#line.push(key);
        echo += key;
      }
    }
    return { echo, lines, interrupt };
  }

  clear(): void {
    this.#line = [];
  }

  #erase(count: number): string {
    let echo = '';
    for (let index = 0; index < count; index += 1) {
      const key = this.#line.pop();
      if (key !== undefined) echo += '\b \b'.repeat(WIDE.test(key) ? 2 : 1);
    }
    return echo;
  }
}
