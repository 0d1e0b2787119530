/** What Linux does about a signal that a process has said nothing about. */
import { SIGNALS, type Signal } from './types.ts';

const { SIGCHLD, SIGURG, SIGWINCH, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGKILL } = SIGNALS;

/** Numbers go up to this one. */
export const LAST_SIGNAL = 64;

export type Effect = 'end' | 'ignore' | 'stop' | 'go on';

export function effectOf(signal: Signal): Effect {
  switch (signal) {
    case SIGCHLD:
    case SIGURG:
    case SIGWINCH:
      return 'ignore';
    case SIGCONT:
      return 'go on';
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
      return 'stop';
    default:
      return 'end';
  }
}

/** Whether a process has no say in it. */
export function isAbsolute(signal: Signal): boolean {
  return signal === SIGKILL || signal === SIGSTOP;
}

/** The wait status of a process that ended by itself. */
export function exited(code: number): number {
  return (code & 0xff) << 8;
}

/** The code that a shell shows for a wait status. */
export function codeOf(status: number): number {
  return (status & 0x7f) !== 0 ? 128 + (status & 0x7f) : (status >> 8) & 0xff;
}
