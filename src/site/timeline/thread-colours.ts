/** Each thread's colour: one of six, by its number; the CSS classes and variables that stand for them. */
import type { TaskId } from '../../kernel/types.ts';

export const COLOURS = 6;

export function colourOf(task: TaskId): number {
  return (Math.max(1, task) - 1) % COLOURS;
}

export function colourVariable(task: TaskId): string {
  return `var(--hb-thread-${colourOf(task)})`;
}
