/** Kind `order`: what the reader can do to the lines, as changes of a list. */
import type { RegionLine } from '../../grader/region.ts';

export type OrderedLine = Omit<RegionLine, 'line'>;

const DEEPEST = 8;

/** Moves one line to another place, which may lie outside, and indents it. */
export function place(lines: readonly OrderedLine[], from: number, to: number, indent: number): OrderedLine[] {
  const line = lines[from];
  if (!line) return [...lines];
  const rest = lines.filter((_, index) => index !== from);
  const at = Math.max(0, Math.min(rest.length, to));
  const moved = { ...line, indent: Math.max(0, Math.min(DEEPEST, indent)) };
  return [...rest.slice(0, at), moved, ...rest.slice(at)];
}

export function leaveOut(lines: readonly OrderedLine[], index: number): OrderedLine[] {
  return lines.filter((_, other) => other !== index);
}

/** Puts a line at the end, as deep as the one above it. */
export function putIn(lines: readonly OrderedLine[], line: OrderedLine): OrderedLine[] {
  return [...lines, { text: line.text, indent: lines.at(-1)?.indent ?? line.indent }];
}
