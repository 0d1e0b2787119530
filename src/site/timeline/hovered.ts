/** What lies under the pointer, in words. */
import { lastAt, type ThingLane, type ThreadLane, type Timeline } from '../../trace/lanes.ts';
import { taskName } from '../../trace/names.ts';
import { endingAt, type ProcessLane } from '../../trace/process-lanes.ts';
import type { Row } from './rows.ts';

export function hovered(timeline: Timeline, row: Row | undefined, step: number): string {
  switch (row?.kind) {
    case undefined:
      return '';
    case 'thing':
      return ofThing(timeline, row.lane, step);
    case 'process':
      return `process ${row.process.pid} (${row.process.name}): ${lifeOf(row.process, step)}`;
    case 'thread':
      return [ofThread(row.lane, row.process, step), ...arrowsAt(timeline, row.lane, step)].join('; ');
  }
}

function lifeOf(process: ProcessLane, step: number): string {
  return step < process.from ? 'not yet begun' : (endingAt(process, step) ?? 'lives');
}

function ofThread(lane: ThreadLane, process: ProcessLane | null, step: number): string {
  const span = lastAt(lane.spans, step);
  const at = lastAt(lane.places, step)?.at;
  if (span === undefined || step >= span.to) {
    const ended = process === null ? null : endingAt(process, step);
    return `${lane.name}: ${ended ?? (span ? 'has ended' : 'not yet begun')}`;
  }
  return `${lane.name}${at ? `, line ${at.line}` : ''}: ${span.what}`;
}

/** What goes from or to this lane in this step. */
function arrowsAt({ arrows, trace }: Timeline, { task }: ThreadLane, step: number): string[] {
  return arrows.flatMap((arrow) => {
    if (arrow.by === task && arrow.from === step) return [`${arrow.what} → ${taskName(arrow.task, trace)}`];
    if (arrow.task === task && arrow.to === step) return [`${arrow.what} ← ${taskName(arrow.by, trace)}`];
    return [];
  });
}

function ofThing({ trace }: Timeline, lane: ThingLane, step: number): string {
  const hold = lastAt(lane.holds, step);
  const use = lastAt(lane.uses, step);
  const said = [
    ...(hold && step < hold.to ? [`held by ${taskName(hold.task, trace)}`] : []),
    ...(use?.from === step ? [`${taskName(use.task, trace)} calls ${use.operation}`] : []),
  ];
  return `${lane.name} (${lane.made}): ${said.join(', ') || 'nobody'}`;
}
