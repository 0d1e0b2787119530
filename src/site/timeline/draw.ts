/** Draws lanes on a canvas: of each only what is in view, and of what is thinner than a pixel only what can be seen. */
import type { TaskId } from '../../kernel/types.ts';
import type { Span, ThingLane, ThreadLane, Timeline } from '../../trace/lanes.ts';
import { drawArrows, drawEnd, drawLife } from './draw-processes.ts';
import { BAR, type Ink, LANE, type View } from './ink.ts';
import type { Row } from './rows.ts';
import { colourOf } from './thread-colours.ts';

export function draw(
  context: CanvasRenderingContext2D,
  rows: readonly Row[],
  timeline: Timeline,
  view: View,
  step: number,
  ink: Ink,
): void {
  const height = rows.length * LANE;
  context.clearRect(0, 0, view.width, height);
  context.font = ink.font;
  context.textBaseline = 'middle';
  drawMoment(context, view, step, height, ink);
  const middles = new Map<TaskId, number>();
  rows.forEach((row, index) => {
    const top = index * LANE;
    if (row.kind === 'thing') {
      drawThing(context, row.lane, top, view, ink, timeline);
      return;
    }
    context.globalAlpha = row.dim ? 0.4 : 1;
    if (row.kind === 'process') drawLife(context, row.process, top, view, timeline.length, ink);
    else {
      middles.set(row.lane.task, top + LANE / 2);
      drawThread(context, row.lane, top, view, ink);
    }
    if (row.process !== null) drawEnd(context, row.process, top, view, timeline.length, ink);
    context.globalAlpha = 1;
  });
  drawArrows(context, timeline.arrows, middles, view, step, ink);
  context.fillStyle = ink.text;
  context.fillRect(Math.round(view.x(step + 0.5)) - 0.5, 0, 1, height);
}

function drawMoment(context: CanvasRenderingContext2D, view: View, step: number, height: number, ink: Ink): void {
  context.fillStyle = ink.line;
  const x = view.x(step);
  context.fillRect(x, 0, Math.max(1, view.x(step + 1) - x), height);
  for (let y = LANE; y <= height; y += LANE) context.fillRect(0, y - 1, view.width, 1);
}

function drawThread(context: CanvasRenderingContext2D, lane: ThreadLane, top: number, view: View, ink: Ink): void {
  const colour = ink.threads[colourOf(lane.task)] ?? ink.text;
  const y = top + (LANE - BAR) / 2;
  eachInView(lane.spans, view, ({ state }, x, width) => {
    if (state === 'running') {
      context.fillStyle = colour;
      context.fillRect(x, y, width, BAR);
    } else if (state === 'runnable') {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 2.5, Math.max(0.5, width - 1), BAR - 5);
    } else {
      dash(context, x, top + LANE / 2, width, ink.muted, 2);
    }
  });
}

function drawThing(
  context: CanvasRenderingContext2D,
  lane: ThingLane,
  top: number,
  view: View,
  ink: Ink,
  timeline: Timeline,
): void {
  const y = top + (LANE - BAR) / 2;
  eachInView(lane.waits, view, ({ task }, x, width) => {
    dash(context, x, top + LANE - 4, width, ink.threads[colourOf(task)] ?? ink.text, 2);
  });
  eachInView(lane.holds, view, ({ task }, x, width) => {
    const colour = ink.threads[colourOf(task)] ?? ink.text;
    context.fillStyle = colour;
    context.globalAlpha = 0.25;
    context.fillRect(x, y, width, BAR);
    context.globalAlpha = 1;
    context.fillRect(x, y, Math.min(2, width), BAR);
    const name = timeline.threads.find((thread) => thread.task === task)?.name ?? '';
    if (width > 34) {
      context.fillStyle = ink.text;
      context.fillText(
        name.length * 6.5 > width - 8 ? `${name.slice(0, Math.floor((width - 14) / 6.5))}…` : name,
        x + 5,
        top + LANE / 2,
      );
    }
  });
  let last = Number.NEGATIVE_INFINITY;
  for (let index = firstInView(lane.uses, view); index < lane.uses.length; index++) {
    const use = lane.uses[index];
    if (use === undefined || use.from > view.to) break;
    const x = view.x(use.from + 0.5);
    if (x - last < 1) continue;
    last = x;
    context.fillStyle = ink.threads[colourOf(use.task)] ?? ink.text;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 4, top + LANE / 2);
    context.lineTo(x, y + BAR);
    context.lineTo(x - 4, top + LANE / 2);
    context.fill();
  }
}

/** Spans are sorted and do not overlap much; those that would fall onto a pixel already drawn on are left out. */
function eachInView<T extends Span>(
  spans: readonly T[],
  view: View,
  drawn: (span: T, x: number, width: number) => void,
) {
  let covered = Number.NEGATIVE_INFINITY;
  for (let index = firstInView(spans, view); index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined || span.from > view.to) return;
    const [x, end] = [Math.max(-4, view.x(span.from)), Math.min(view.width + 4, view.x(span.to))];
    if (end - covered < 0.75) continue;
    covered = end;
    drawn(span, x, Math.max(1, end - x));
  }
}

/** The last that begins at or before the view, or the first of all. */
function firstInView(list: readonly { readonly from: number }[], view: View): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.from ?? 0) <= view.from) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function dash(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  colour: string,
  thick: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width, y);
  context.stroke();
  context.setLineDash([]);
}
