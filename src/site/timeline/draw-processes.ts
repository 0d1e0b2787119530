/** Draws what only runs of several processes have: a process's life, its end, and arrows from lane to lane. */
import type { TaskId } from '../../kernel/types.ts';
import type { Arrow } from '../../trace/arrows.ts';
import type { ProcessLane } from '../../trace/process-lanes.ts';
import { statusName } from '../../trace/processes.ts';
import { BAR, type Ink, LANE, type View } from './ink.ts';
import { colourOf } from './thread-colours.ts';

/** The life of a process of several threads: a thin line from its beginning to its end. */
export function drawLife(
  context: CanvasRenderingContext2D,
  process: ProcessLane,
  top: number,
  view: View,
  end: number,
  ink: Ink,
): void {
  const x = Math.max(-4, view.x(process.from));
  const to = Math.min(view.width + 4, view.x(process.end?.from ?? end));
  context.fillStyle = ink.muted;
  if (to > x) context.fillRect(x, top + LANE / 2 - 1, to - x, 2);
}

/** A bar where the process ends, hatched the time that it is a zombie, and then, if not as it should, how it ended. */
export function drawEnd(
  context: CanvasRenderingContext2D,
  { end, main }: ProcessLane,
  top: number,
  view: View,
  last: number,
  ink: Ink,
): void {
  if (end === null || end.from > view.to) return;
  const y = top + (LANE - BAR) / 2;
  const x = view.x(end.from);
  const to = Math.min(view.width + 4, view.x(end.reaped ?? last));
  context.fillStyle = context.strokeStyle = end.status === 0 ? (ink.threads[colourOf(main)] ?? ink.text) : ink.text;
  if (x >= -4) context.fillRect(x - 1, y - 2, 2, BAR + 4);
  const from = Math.max(-4, x);
  if (to - from > 1) hatch(context, from, y, to - from, ink);
  if (end.status === 0 || to < -80) return;
  const text = end.status === null ? 'no power' : statusName(end.status).replace('exit code', 'exit');
  const width = context.measureText(text).width;
  const left = Math.min(Math.max(x, to) + 5, view.width - width - 3);
  context.fillStyle = ink.background;
  context.fillRect(left - 2, y - 1, width + 4, BAR + 2);
  context.fillStyle = ink.text;
  context.fillText(text, left, top + LANE / 2);
}

function hatch(context: CanvasRenderingContext2D, x: number, y: number, width: number, ink: Ink): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, BAR);
  context.clip();
  context.strokeStyle = ink.muted;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = x - BAR; at < x + width; at += 5) {
    context.moveTo(at, y + BAR);
    context.lineTo(at + BAR, y);
  }
  context.stroke();
  context.restore();
}

/** Those of the step in strong ink, with their words where there is room. */
export function drawArrows(
  context: CanvasRenderingContext2D,
  arrows: readonly Arrow[],
  middles: ReadonlyMap<TaskId, number>,
  view: View,
  step: number,
  ink: Ink,
): void {
  const strong: (readonly [Arrow, number, number])[] = [];
  // Of arrows between the same lanes that would fall onto the same pixels, one.
  const drawn = new Set<string>();
  // Where they are dense they must not hide the lanes.
  context.globalAlpha = Math.max(0.15, Math.min(1, (view.x(1) - view.x(0)) / 6));
  for (const arrow of arrows) {
    if (arrow.from > view.to) break;
    if (arrow.to < view.from) continue;
    const [middle, other] = [middles.get(arrow.by), middles.get(arrow.task)];
    if (middle === undefined || other === undefined) continue;
    // From the edge of one bar to the edge of the other.
    const edge = (Math.sign(other - middle) * BAR) / 2;
    const [by, task] = [middle + edge, other - edge];
    if (arrow.from === step || arrow.to === step) {
      strong.push([arrow, by, task]);
      continue;
    }
    const [x, to] = ends(arrow, view);
    const key = `${by} ${task} ${Math.round(x)} ${Math.round(to)}`;
    if (drawn.has(key)) continue;
    drawn.add(key);
    line(context, arrow, x, by, to, task, ink.threads[colourOf(arrow.by)] ?? ink.text, 1);
  }
  context.globalAlpha = 1;
  for (const [arrow, by, task] of strong) {
    const [x, to] = ends(arrow, view);
    line(context, arrow, x, by, to, task, ink.text, 2);
    const width = context.measureText(arrow.what).width;
    const left = Math.max(2, Math.min((x + to) / 2 + 6, view.width - width - 4));
    // Between two lanes, where nothing else is drawn.
    const y = Math.round((by + task) / 2 / LANE) * LANE;
    context.fillStyle = ink.background;
    context.fillRect(left - 2, y - 7, width + 4, 14);
    context.fillStyle = ink.text;
    context.fillText(arrow.what, left, y);
  }
}

function ends({ from, to }: Arrow, view: View): readonly [number, number] {
  return [view.x(from + 0.5), view.x(to + 0.5)];
}

function line(
  context: CanvasRenderingContext2D,
  { kind }: Arrow,
  x: number,
  y: number,
  toX: number,
  toY: number,
  colour: string,
  thick: number,
): void {
  const [dx, dy] = [toX - x, toY - y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = thick;
  context.setLineDash(kind === 'signal' ? [2, 2] : []);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX - ux * 5, toY - uy * 5);
  context.stroke();
  context.setLineDash([]);
  if (kind === 'start') {
    context.beginPath();
    context.arc(toX, toY, 3, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.beginPath();
  context.moveTo(toX, toY);
  context.lineTo(toX - ux * 7 - uy * 3.5, toY - uy * 7 + ux * 3.5);
  context.lineTo(toX - ux * 7 + uy * 3.5, toY - uy * 7 - ux * 3.5);
  context.fill();
}
