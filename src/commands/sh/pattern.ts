/** Shell patterns: `*`, `?`, `[…]`, and a backslash before what stands for itself. Bounded: no pattern takes for ever. */
import { characterClass } from '../regular-syntax.ts';

/** Pattern times text: beyond it nothing matches. */
const MOST_WORK = 50_000_000;

type Step =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'one'; readonly character: string }
  | { readonly kind: 'set'; readonly holds: (character: string) => boolean };

/** Makes a text a pattern that matches only itself. */
export function literalPattern(text: string): string {
  return text.replace(/[\\*?[\]!^-]/g, '\\$&');
}

/** Whether a pattern is more than a text with backslashes. */
export function isPattern(pattern: string): boolean {
  return /[*?[]/.test(pattern.replace(/\\./gs, ''));
}

export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}

export function matches(pattern: string, text: string): boolean {
  if (!isPattern(pattern)) return unescapePattern(pattern) === text;
  const characters = [...text];
  return ends(steps(pattern), characters).at(-1) === characters.length;
}

/** Cuts off what matches at the beginning or the end, as much or as little of it as possible. */
export function trimmed(text: string, pattern: string, where: 'begin' | 'end', longest: boolean): string {
  const characters = [...text];
  const list = steps(pattern);
  if (where === 'end') {
    characters.reverse();
    list.reverse();
  }
  const found = ends(list, characters);
  const count = longest ? found.at(-1) : found[0];
  if (count === undefined) return text;
  const rest = characters.slice(count);
  return (where === 'end' ? rest.reverse() : rest).join('');
}

/** How many characters from the beginning match, in every possible way, in ascending order. */
function ends(list: readonly Step[], characters: readonly string[]): number[] {
  if ((list.length + 1) * (characters.length + 1) > MOST_WORK) return [];
  const found: number[] = [];
  let now = new Uint8Array(list.length + 1);
  now[0] = 1;
  for (let at = 0; ; at++) {
    let alive = false;
    for (let i = 0; i < list.length; i++) if (now[i] === 1 && list[i]?.kind === 'star') now[i + 1] = 1;
    if (now[list.length] === 1) found.push(at);
    const character = characters[at];
    if (character === undefined) return found;
    const next = new Uint8Array(list.length + 1);
    for (const [i, step] of list.entries()) {
      if (now[i] !== 1) continue;
      if (step.kind === 'star') next[i] = 1;
      else if (step.kind === 'any' || (step.kind === 'one' ? step.character === character : step.holds(character))) {
        next[i + 1] = 1;
      } else continue;
      alive = true;
    }
    if (!alive) return found;
    now = next;
  }
}

function steps(pattern: string): Step[] {
  const list: Step[] = [];
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    if (character === '*') {
      if (list.at(-1)?.kind !== 'star') list.push({ kind: 'star' });
    } else if (character === '?') list.push({ kind: 'any' });
    else if (character === '[') {
      const set = bracket(characters, i);
      if (set) {
        list.push({ kind: 'set', holds: set.holds });
        i = set.end;
      } else list.push({ kind: 'one', character });
    } else if (character === '\\' && i + 1 < characters.length) {
      list.push({ kind: 'one', character: characters[++i] as string });
    } else list.push({ kind: 'one', character });
  }
  return list;
}

/** `[…]` from `start`; null: there is no end, and the bracket is only a bracket. */
function bracket(characters: readonly string[], start: number) {
  let i = start + 1;
  const negated = characters[i] === '!' || characters[i] === '^';
  if (negated) i++;
  const ranges: { from: number; to: number }[] = [];
  for (let first = true; ; first = false) {
    const character = characters[i];
    if (character === undefined) return null;
    if (character === ']' && !first) break;
    if (character === '[' && characters[i + 1] === ':') {
      const end = characters.indexOf(':', i + 2);
      const known = characters[end + 1] === ']' ? characterClass(characters.slice(i + 2, end).join('')) : null;
      if (known) {
        ranges.push(...known);
        i = end + 2;
        continue;
      }
    }
    const one = () => (characters[i] === '\\' && i + 1 < characters.length ? characters[++i] : characters[i]) as string;
    const from = one().codePointAt(0) as number;
    i++;
    if (characters[i] === '-' && characters[i + 1] !== ']' && characters[i + 1] !== undefined) {
      i++;
      ranges.push({ from, to: one().codePointAt(0) as number });
      i++;
    } else ranges.push({ from, to: from });
  }
  const holds = (character: string) => {
    const code = character.codePointAt(0) as number;
    return ranges.some(({ from, to }) => code >= from && code <= to) !== negated;
  };
  return { holds, end: i };
}
