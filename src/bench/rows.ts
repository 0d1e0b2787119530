/** The rows of the benchmark's table, and how figures are written in them. */
import { middle } from './engine-figures.ts';

export type Row = readonly [what: string, measured: string, goal: string, how: string];

export function seconds(values: readonly number[]): string {
  return `${(middle(values) / 1000).toFixed(2)} s (${(Math.min(...values) / 1000).toFixed(2)} to ${(Math.max(...values) / 1000).toFixed(2)})`;
}

export function spread(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
}

export const ratio = (value: number) => `${value.toFixed(2)}x`;
export const goal = (held: boolean, text: string) => `${text} ${held ? '✓' : '✗'}`;
export const thousands = (value: number) => Math.round(value).toLocaleString('en-US');
