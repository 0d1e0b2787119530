/** What grep looks for: patterns made into one function that finds the leftmost and longest match. */
import { Quit, type Running } from './program.ts';
import { isWord, type Match, Regular } from './regular.ts';
import { BadPattern } from './regular-syntax.ts';
import type { Calling } from './types.ts';

/** Where in a line, from a place on, something is found. */
export type Finder = (line: string, at: number) => Match | null;

export interface Kind {
  readonly fixed: boolean;
  readonly extended: boolean;
  readonly ignoreCase: boolean;
  readonly words: boolean;
  readonly lines: boolean;
}

export function* finder(run: Running, patterns: readonly string[], kind: Kind): Calling<Finder> {
  try {
    const finders = patterns.map((pattern) => one(pattern, kind));
    return (line, at) => {
      let best: Match | null = null;
      for (const find of finders) {
        const match = find(line, at);
        if (match && (!best || match.start < best.start || (match.start === best.start && match.end > best.end)))
          best = match;
      }
      return best;
    };
  } catch (thrown) {
    if (!(thrown instanceof BadPattern)) throw thrown;
    yield* run.error(thrown.message);
    throw new Quit(2);
  }
}

function one(pattern: string, kind: Kind): Finder {
  const plain = kind.fixed || !/[\\.[\]*^$+?(){}|]/.test(pattern);
  let find: Finder;
  if (plain && !kind.ignoreCase) {
    find = (line, at) => {
      const start = line.indexOf(pattern, at);
      return start < 0 ? null : { start, end: start + pattern.length };
    };
  } else {
    const source = kind.fixed ? pattern.replace(/[\\.[\]*^$+?(){}|]/g, '\\$&') : pattern;
    const regular = new Regular(source, { extended: kind.fixed || kind.extended, ignoreCase: kind.ignoreCase });
    find = (line, at) => regular.search(line, at);
  }
  if (kind.lines) {
    return (line) => {
      const match = find(line, 0);
      return match?.start === 0 && match.end === line.length ? match : null;
    };
  }
  if (!kind.words) return find;
  return (line, at) => {
    for (let from = at; from <= line.length; ) {
      const match = find(line, from);
      if (!match) return null;
      const open = match.start === 0 || !isWord(line.charAt(match.start - 1));
      if (open && (match.end === line.length || !isWord(line.charAt(match.end)))) return match;
      from = match.start + 1;
    }
    return null;
  };
}
