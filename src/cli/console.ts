/** The caller's terminal, on which a run shows its output and from which it is fed: one program's, or a world's. */
import type { World } from '../kernel/hosts/types.ts';
import type { RunEvents, RunHandle } from '../worker/client-types.ts';
import { readWorldCommand } from './world-command.ts';
import { WorldOutput } from './world-output.ts';

export class Console {
  readonly events: RunEvents;
  private readonly world: World | null;
  private readonly output: WorldOutput;
  /** Typed, and not yet a line. */
  private rest = '';

  constructor(world: World | null) {
    this.world = world;
    const stream = (fd: 1 | 2) => (fd === 1 ? process.stdout : process.stderr);
    this.output = new WorldOutput(
      world?.terminals.map(({ name }) => name) ?? [],
      (fd, text) => void stream(fd).write(text),
      (fd) => stream(fd).isTTY,
    );
    this.events = {
      output: (fd, text, terminal) => this.output.push(fd, text, terminal),
      awaitingInput: () => this.output.flush(),
    };
  }

  listen(handle: RunHandle): void {
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (text) => this.hear(String(text), handle));
    process.stdin.on('end', () => this.end(handle));
  }

  flush(): void {
    this.output.flush();
  }

  private hear(text: string, handle: RunHandle): void {
    if (this.world === null) {
      handle.input(text);
      return;
    }
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const command = readWorldCommand(line, this.world);
      if (command.kind === 'problem') process.stderr.write(`hb: ${command.message}\n`);
      else if (command.kind === 'act') handle.act(command.act);
      else handle.input(command.text, command.terminal);
    }
  }

  private end(handle: RunHandle): void {
    handle.input(null);
  }
}
