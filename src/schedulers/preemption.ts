/** What counts as a preemption, for every policy that counts them. */
import type { SwitchPoint, TaskId } from '../kernel/types.ts';

/** Whether to choose another than `current` here takes the processor from a task that neither waits nor yields. */
export function couldGoOn(current: TaskId | null, why: SwitchPoint): current is TaskId {
  return current !== null && (why === 'step' || why === 'call');
}
