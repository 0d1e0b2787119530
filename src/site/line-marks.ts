/** Which thread is at which line, for an editor to show. */
import type { Place, TaskId } from '../kernel/types.ts';
import { colourOf } from './timeline/thread-colours.ts';

export interface LineMark {
  readonly place: Place;
  readonly task: TaskId;
  readonly name: string;
  /** False: it waits there. */
  readonly runs: boolean;
}

/** All marks of one line, as one. */
export interface MarkedLine {
  readonly line: number;
  /** That of the first thread there. */
  readonly colour: number;
  readonly runs: boolean;
  /** "← Ann, Bob" */
  readonly text: string;
}

export function markedLines(marks: readonly LineMark[], file: string): MarkedLine[] {
  const lines = new Map<number, LineMark[]>();
  for (const mark of marks) {
    const { line } = mark.place;
    if (mark.place.file === file) lines.set(line, [...(lines.get(line) ?? []), mark]);
  }
  return [...lines].map(([line, here]) => ({
    line,
    colour: colourOf(here[0]?.task ?? 1),
    runs: here.some(({ runs }) => runs),
    text: `← ${here.map(({ name, runs }) => (runs ? name : `${name} (waits)`)).join(', ')}`,
  }));
}
