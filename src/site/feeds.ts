/** The outputs of one run: its own terminal's, and in a world one for each of the world's terminals. */
import { TerminalFeed } from './terminal-feed.ts';

export class Feeds {
  readonly own = new TerminalFeed();
  readonly #named = new Map<string, TerminalFeed>();

  /** Always the same for one name, so that a terminal on the page keeps its screen from run to run. */
  of(terminal: string): TerminalFeed {
    const feed = this.#named.get(terminal) ?? new TerminalFeed();
    this.#named.set(terminal, feed);
    return feed;
  }

  /** Clean screens: a run begins that has these terminals. */
  reset(terminals: readonly string[]): void {
    this.own.reset();
    for (const name of terminals) this.of(name).reset();
  }

  /** What comes from a terminal that the run has not is nobody's. */
  push(fd: 1 | 2, text: string, terminal: string | null): void {
    const feed = terminal === null ? this.own : this.#named.get(terminal);
    feed?.push(fd, text);
  }
}
