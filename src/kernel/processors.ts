/** Which processes may compute: those that are not stopped, as many at a time as their host has processors. */
import type { Process } from './process.ts';
import type { Task } from './task.ts';

/** Processors of each host: so many processes compute at the same time. */
const CORES = 4;

export class Processors {
  /** Processes that cannot run now: they compute on a core of their own, or were stopped. */
  private readonly held = new Set<Process>();

  /** A process was stopped, or goes on. */
  hold(process: Process, held: boolean, now: number): void {
    if (held) this.held.add(process);
    else if (process.busyUntil <= now) this.held.delete(process);
  }

  /** A process computes for itself until then. */
  occupy(process: Process, until: number): void {
    process.busyUntil = until;
    this.held.add(process);
  }

  /** Those that are done with computing may run again. */
  free(now: number): void {
    for (const process of this.held)
      if (process.busyUntil <= now && process.state !== 'stopped') this.held.delete(process);
  }

  /** When each of those that compute is done. */
  get times(): readonly number[] {
    return [...this.held].filter(({ state }) => state !== 'stopped').map(({ busyUntil }) => busyUntil);
  }

  /** Of these tasks, those whose process has a processor. */
  able(ready: readonly Task[]): readonly Task[] {
    if (this.held.size === 0) return ready;
    const busy = new Map<Process['host'], number>();
    for (const { host, state } of this.held) if (state !== 'stopped') busy.set(host, (busy.get(host) ?? 0) + 1);
    return ready.filter(({ process }) => !this.held.has(process) && (busy.get(process.host) ?? 0) < CORES);
  }
}
