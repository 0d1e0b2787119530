/** What a timeline is drawn with: measures, the page's colours, and which steps are in view. */
import { COLOURS } from './thread-colours.ts';

export const LANE = 24;
export const BAR = 12;

export interface Ink {
  readonly threads: readonly string[];
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly background: string;
  readonly font: string;
}

/** What is in view: steps to pixels, both ways. */
export interface View {
  readonly x: (step: number) => number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    threads: Array.from({ length: COLOURS }, (_, index) => read(`--hb-thread-${index}`)),
    text: read('--hb-text'),
    muted: read('--hb-muted'),
    line: read('--hb-line'),
    background: read('--ifm-background-surface-color'),
    font: `11px ${style.fontFamily}`,
  };
}
