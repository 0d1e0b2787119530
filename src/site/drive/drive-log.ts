/** What the reader did in Drive so far, and took back: pure, so that each change is one new run from the start. */
import type { Move } from '../../worker/protocol.ts';

/** A move, or to let round-robin go on to the end. */
export type DriveStep = Move | 'finish';

export interface DriveLog {
  readonly steps: readonly DriveStep[];
  /** Taken back; the next one to do again comes first. */
  readonly undone: readonly DriveStep[];
}

export function startLog(moves: readonly Move[]): DriveLog {
  return { steps: moves, undone: [] };
}

export function add(log: DriveLog, step: DriveStep): DriveLog {
  return { steps: [...movesOf(log), step], undone: [] };
}

export function undo({ steps, undone }: DriveLog): DriveLog {
  const last = steps.at(-1);
  return last === undefined ? { steps, undone } : { steps: steps.slice(0, -1), undone: [last, ...undone] };
}

export function redo({ steps, undone }: DriveLog): DriveLog {
  const [next, ...rest] = undone;
  return next === undefined ? { steps, undone } : { steps: [...steps, next], undone: rest };
}

/** Back to the start; Redo makes the moves again. */
export function restart({ steps, undone }: DriveLog): DriveLog {
  return { steps: [], undone: [...steps, ...undone] };
}

/** Keeps the moves before the first that cannot be made. */
export function refuse(log: DriveLog, move: number): DriveLog {
  return { steps: log.steps.slice(0, move), undone: [] };
}

export function movesOf({ steps }: DriveLog): Move[] {
  return steps.filter((step) => step !== 'finish');
}
