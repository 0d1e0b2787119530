/** What there is for those who wait: bytes in pipes, values of semaphores, children that have ended. */
import type { Pid, Trace, TraceEvent, Waiting } from '../kernel/types.ts';
import { baseOf } from './messages.ts';
import { processOf } from './processes.ts';

export class Offers {
  private readonly trace: Trace;
  /** Bytes on their way, by channel, and the process that sent the last of them. */
  private readonly bytes = new Map<string, { count: number; by: Pid | null }>();
  /** Exact from when somebody first waited: then it was 0. */
  private readonly values = new Map<number, number>();
  private readonly zombies = new Set<Pid>();

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /** Whether this event may let somebody go on, or keep somebody from it. */
  hear(event: TraceEvent): boolean {
    switch (event.kind) {
      case 'send':
      case 'receive': {
        const there = this.bytes.get(event.channel) ?? { count: 0, by: null };
        const size = event.to - event.from;
        if (event.kind === 'send') there.by = this.pidOf(event.task);
        there.count += event.kind === 'send' ? size : -size;
        this.bytes.set(event.channel, there);
        return true;
      }
      case 'block':
        if (event.waiting.on === 'semaphore') this.values.set(event.waiting.semaphore, 0);
        return false;
      case 'take':
      case 'give': {
        const value = this.values.get(event.semaphore);
        if (value !== undefined) this.values.set(event.semaphore, value + (event.kind === 'give' ? 1 : -1));
        return value !== undefined;
      }
      case 'end':
        this.zombies.add(this.pidOf(event.task) ?? 0);
        return true;
      case 'reap':
        this.zombies.delete(event.process);
        return true;
      default:
        return false;
    }
  }

  /** Whether what this task waits for is there; null: only its waking will tell. */
  has(waiting: Waiting, task: number): boolean | null {
    switch (waiting.on) {
      case 'read':
        for (const [channel, { count, by }] of this.bytes)
          if (count > 0 && baseOf(channel) === waiting.what && (channel === waiting.what || by !== this.pidOf(task)))
            return true;
        return false;
      case 'semaphore':
        return (this.values.get(waiting.semaphore) ?? 0) > 0;
      case 'child': {
        if (waiting.process !== null) return this.zombies.has(waiting.process);
        const parent = this.pidOf(task);
        return this.trace.processes.some((child) => child.parent === parent && this.zombies.has(child.pid));
      }
      default:
        return null;
    }
  }

  private pidOf(task: number): Pid | null {
    return processOf(task, this.trace)?.pid ?? null;
  }
}
