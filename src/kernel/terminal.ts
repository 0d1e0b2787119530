/** The terminal of a run: what the reader types, and what the program's processes show. */

import { failed } from './errno.ts';
import { LEARNER } from './files/inode.ts';
import { O, type OpenFile, POLL, type Stat } from './files/types.ts';
import type { Input } from './input.ts';
import { WaitQueue } from './later.ts';

/** Turns what is typed into bytes, and bytes into what is shown. */
export interface Script {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

export class Terminal {
  private readonly input: Input;
  private readonly script: Script;
  private readonly show: (fd: 1 | 2, text: string) => void;
  private readonly changes = new WaitQueue();
  /** Of a line of which a part was read. */
  private rest: Uint8Array = new Uint8Array();

  constructor(input: Input, script: Script, show: (fd: 1 | 2, text: string) => void) {
    this.input = input;
    this.script = script;
    this.show = show;
  }

  /** What is typed, null: nothing more ever. */
  feed(text: string | null): void {
    this.input.feed(text);
    this.changes.changed();
  }

  /** Somebody may still type. */
  get hears(): boolean {
    return this.input.open;
  }

  /** The open file behind a process's standard descriptor; 2 shows what is written as an error. */
  open(fd: 0 | 1 | 2, born: number): OpenFile {
    return {
      flags: O.RDWR,
      name: 'the terminal',
      waitsFor: { on: 'stdin' },
      changes: this.changes,
      stat: () => statOf(born),
      poll: () => POLL.OUT | (this.rest.length > 0 || this.input.ready ? POLL.IN : 0),
      read: (size) => this.read(size),
      write: (bytes) => {
        this.show(fd === 2 ? 2 : 1, this.script.decode(bytes));
        return bytes.length;
      },
      close: () => {},
    };
  }

  private read(size: number): Uint8Array | ReturnType<typeof failed> {
    if (this.rest.length === 0) {
      const line = this.input.takeLine();
      if (line === null) return failed('EAGAIN');
      this.rest = this.script.encode(line);
    }
    const taken = this.rest.slice(0, size);
    this.rest = this.rest.slice(size);
    return taken;
  }
}

function statOf(born: number): Stat {
  const times = { accessed: born, modified: born, changed: born };
  return { kind: 'device', inode: 3, mode: 0o620, links: 1, owner: LEARNER, size: 0, ...times };
}
