/**
 * Who must not run again yet. A task that yields, or spins through its time slice, mostly waits for somebody else: to let
 * it go on for ever is a schedule that no real machine has (fair stateless model checking; Musuvathi and Qadeer, PLDI
 * 2008). So nobody yields twice while another task could run and does not get to: then it is that one's turn first.
 */
import type { SwitchPoint, TaskId } from '../kernel/types.ts';

/** So often a task may yield while another waits for the processor. */
const YIELDS = 2;

export class Fairness {
  /** For each task that yielded: whom it has kept waiting since they last ran, and how often it has yielded since. */
  private readonly kept = new Map<TaskId, Map<TaskId, number>>();
  /** Have yielded, and could not go on since: their process computes. */
  private readonly yielded = new Set<TaskId>();

  /** A decision is to be made. */
  decides(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): void {
    if (current !== null) this.runs(current);
    if (current !== null && why === 'yield') this.yielded.add(current);
    for (const [task, waiting] of this.kept) {
      if (!runnable.includes(task)) continue;
      for (const other of waiting.keys()) if (!runnable.includes(other)) waiting.delete(other);
      if (waiting.size === 0) this.kept.delete(task);
    }
    for (const task of this.yielded) {
      if (!runnable.includes(task)) continue;
      this.yielded.delete(task);
      const waiting = this.kept.get(task) ?? new Map<TaskId, number>();
      for (const other of runnable) if (other !== task) waiting.set(other, (waiting.get(other) ?? 0) + 1);
      this.kept.set(task, waiting);
    }
  }

  /** Whoever kept it waiting does so no longer. */
  runs(task: TaskId): void {
    for (const waiting of this.kept.values()) waiting.delete(task);
  }

  /** Those whose turn it may be. A task that neither waits nor yields is not interrupted for this: that has its price. */
  allowed(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): readonly TaskId[] {
    if (this.kept.size === 0) return runnable;
    const allowed = runnable.filter((task) => (task === current && why !== 'yield') || !this.owes(task));
    return allowed.length > 0 ? allowed : runnable;
  }

  /** The same for runs in which everybody may do the same from here on. */
  get name(): string {
    if (this.kept.size === 0) return '';
    const names: string[] = [];
    for (const [task, waiting] of this.kept)
      for (const [other, times] of waiting) names.push(`${task}>${other}x${times}`);
    return names.sort().join();
  }

  private owes(task: TaskId): boolean {
    for (const times of this.kept.get(task)?.values() ?? []) if (times >= YIELDS) return true;
    return false;
  }
}
