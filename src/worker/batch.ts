/** Collects a program's output, so that a loop of prints does not become a flood of messages. */
import type { EngineEvent } from './protocol.ts';

/** Output is sent when this many characters have come together, or when the program waits or ends. */
const OUTPUT_BATCH = 4096;

export class Batch {
  private readonly emit: (event: EngineEvent) => void;
  private readonly streaming: boolean;
  private fd: 1 | 2 = 1;
  private terminal: string | null = null;
  private parts: string[] = [];
  private size = 0;

  constructor(emit: (event: EngineEvent) => void, streaming: boolean) {
    this.emit = emit;
    this.streaming = streaming;
  }

  add(fd: 1 | 2, text: string, terminal: string | null): void {
    if (!this.streaming) return;
    if (fd !== this.fd || terminal !== this.terminal) this.flush();
    this.fd = fd;
    this.terminal = terminal;
    this.parts.push(text);
    this.size += text.length;
    if (this.size >= OUTPUT_BATCH) this.flush();
  }

  flush(): void {
    if (this.size === 0) return;
    this.emit({ event: 'output', fd: this.fd, text: this.parts.join(''), terminal: this.terminal });
    this.parts = [];
    this.size = 0;
  }
}
