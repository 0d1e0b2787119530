/** A command on a host, with a screen and a keyboard of its own: what a run's terminals are. */
import { isLive, type Process } from '../process.ts';
import type { Program } from '../processes/types.ts';
import type { Terminal } from '../terminal.ts';
import type { Computer } from './computer.ts';

export interface Console {
  /** Null: the run's own, where the program's entry runs. */
  readonly name: string | null;
  /** From 0. */
  readonly index: number;
  readonly host: Computer;
  readonly program: Program;
  readonly service: boolean;
  readonly reboots: boolean;
  readonly terminal: Terminal;
  /** What its command runs in, or last ran in. */
  process: Process | null;
  /** The command was begun at least once. */
  begun: boolean;
  /** The reader has put an end to its command, by hand or with its host, and may begin it again. */
  stopped: boolean;
  /** How often it is going to be begun by itself. */
  awaited: number;
  /** Linux's exit code of the last one that has ended. */
  code: number | null;
  /** All that it showed. */
  readonly shown: string[];
}

/** Whether its command has not ended. */
export function runs({ process }: Console): boolean {
  return process !== null && isLive(process);
}

/** Whether the run need not wait for it. */
export function isOver(console: Console): boolean {
  return console.service || (!runs(console) && console.awaited === 0);
}
