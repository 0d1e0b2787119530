/** What a reader who does not see the panel hears after each move. */
import { explainOutcome } from '../../grader/explain.ts';
import type { ThreadNow } from '../../grader/threads-now.ts';
import type { RunRecord, TaskId } from '../../kernel/types.ts';

/** `moved` is the thread that went last; `before` is what the program had printed until then. */
export function announceMove(
  record: RunRecord,
  threads: readonly ThreadNow[],
  moved: TaskId | null,
  before: string,
): string {
  const output = outputOf(record);
  const sentences: string[] = [];
  const thread = threads.find(({ task }) => task === moved);
  if (thread) sentences.push(`${whereabouts(thread)}.`);
  if (output.startsWith(before) && output.length > before.length)
    sentences.push(`Printed: ${output.slice(before.length).trim()}.`);
  if (record.outcome.kind !== 'paused') sentences.push(explainOutcome(record));
  else {
    const ready = threads.filter(({ state }) => state === 'ready');
    sentences.push(`Can go on: ${ready.map(({ task, name }) => `${task} ${name}`).join(', ')}.`);
  }
  return sentences.join(' ');
}

/** "Ann is at line 11: balance = seen + 10" */
function whereabouts({ name, state, at, what }: ThreadNow): string {
  if (state !== 'ready') return `${name} ${what}`;
  return at ? `${name} is at line ${at.line}: ${what}` : `${name} ${what}`;
}

export function outputOf({ stdout, stderr }: RunRecord): string {
  return stdout + stderr;
}
