/** Finds the places of a traceback (`File "exercise.py", line 7`) that lie in the learner's files. */
import type { Place } from '../kernel/types.ts';

export interface PlaceLink extends Place {
  /** Character range in the searched text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const TRACEBACK_PLACE = /File "([^"\n]+)", line (\d+)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python colours its tracebacks with these
const COLOUR = /\x1b\[[0-9;]*m/g;

/** `files` are the names of the tabs; a path that ends in one of them counts, whatever folder the engine used. */
export function findPlaces(text: string, files: readonly string[]): PlaceLink[] {
  const places: PlaceLink[] = [];
  for (const match of text.matchAll(TRACEBACK_PLACE)) {
    const [whole, path = '', line] = match;
    const file = files.find((name) => path === name || path.endsWith(`/${name}`));
    if (file !== undefined)
      places.push({ start: match.index, end: match.index + whole.length, file, line: Number(line) });
  }
  return places;
}

/** The distinct places in a whole error output, innermost last, at most `limit` of them. */
export function lastPlaces(stderr: string, files: readonly string[], limit: number): Place[] {
  const distinct = new Map<string, Place>();
  for (const { file, line } of findPlaces(stderr.replace(COLOUR, ''), files)) {
    // Delete first, so that a place met again moves to the end.
    distinct.delete(`${file}:${line}`);
    distinct.set(`${file}:${line}`, { file, line });
  }
  return [...distinct.values()].slice(-limit);
}
