/** What the terminals of a run show, line by line, each with its terminal's name before it. */

/** Colours of the terminals' names, in their order: cyan, yellow, green, magenta, blue, red. */
const COLOURS = [36, 33, 32, 35, 34, 31];

export class WorldOutput {
  private readonly names: readonly string[];
  private readonly write: (fd: 1 | 2, text: string) => void;
  private readonly coloured: (fd: 1 | 2) => boolean;
  private readonly width: number;
  /** Lines that have not ended yet. */
  private readonly open = new Map<string, string>();

  constructor(
    names: readonly string[],
    write: (fd: 1 | 2, text: string) => void,
    coloured: (fd: 1 | 2) => boolean = () => false,
  ) {
    this.names = names;
    this.write = write;
    this.coloured = coloured;
    this.width = Math.max(...names.map((name) => name.length), 0);
  }

  /** `terminal` null: what no terminal shows goes through as it is. */
  push(fd: 1 | 2, text: string, terminal: string | null): void {
    if (terminal === null) {
      this.write(fd, text);
      return;
    }
    const key = `${fd}${terminal}`;
    const lines = ((this.open.get(key) ?? '') + text).split('\n');
    this.open.set(key, lines.pop() ?? '');
    if (lines.length > 0) this.write(fd, lines.map((line) => `${this.head(fd, terminal)}${line}\n`).join(''));
  }

  /** Lines without an end are shown too: somebody asks for input, or all is over. */
  flush(): void {
    for (const [key, line] of this.open) {
      const fd = key.startsWith('1') ? 1 : 2;
      if (line !== '') this.write(fd, `${this.head(fd, key.slice(1))}${line}\n`);
    }
    this.open.clear();
  }

  private head(fd: 1 | 2, terminal: string): string {
    const name = terminal.padEnd(this.width);
    const colour = COLOURS[Math.max(this.names.indexOf(terminal), 0) % COLOURS.length];
    return this.coloured(fd) ? `\x1b[${colour}m${name} |\x1b[0m ` : `${name} | `;
  }
}
