/**
 * POSIX regular expressions, basic and extended, as grep has them: leftmost-longest matches in a time that grows with
 * pattern times text and never faster (JavaScript's own can take for ever). No back-references, which have no such way.
 */
import { BadPattern, PatternParser, type Place, type Range, type Tree } from './regular-syntax.ts';

/** Larger automata are refused: "regular expression too big". */
const MOST_STATES = 20_000;

type State =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'place'; readonly place: Place }
  | { kind: 'split'; first: number; second: number }
  | { kind: 'jump'; to: number }
  | { readonly kind: 'match' };

export interface Dialect {
  readonly extended: boolean;
  readonly ignoreCase: boolean;
}

export interface Match {
  readonly start: number;
  readonly end: number;
}

export class Regular {
  private readonly states: State[] = [];
  private readonly ignoreCase: boolean;

  constructor(pattern: string, dialect: Dialect) {
    this.ignoreCase = dialect.ignoreCase;
    this.compile(new PatternParser(pattern, dialect.extended).parse());
    this.states.push({ kind: 'match' });
  }

  /** The leftmost match from `at` on, and of those the longest. */
  search(text: string, at = 0): Match | null {
    let now = new Map<number, number>();
    let best: Match | null = null;
    for (let i = at; ; ) {
      // A thread's value is where it began; the first to reach a state is the leftmost.
      if (best === null) this.follow(now, 0, i, text, i);
      const next = new Map<number, number>();
      const code = i < text.length ? (text.codePointAt(i) as number) : -1;
      const width = code > 0xffff ? 2 : 1;
      for (const [index, start] of [...now].sort((a, b) => a[1] - b[1])) {
        if (best !== null && start > best.start) continue;
        const state = this.states[index] as State;
        if (state.kind === 'match') {
          if (best === null || start < best.start || i > best.end) best = { start, end: i };
        } else if (state.kind === 'set' && code >= 0 && this.holds(state, code)) {
          this.follow(next, index + 1, start, text, i + width);
        }
      }
      if (code < 0 || (best !== null && next.size === 0)) return best;
      now = next;
      i += width;
    }
  }

  /** Adds the state and all that need no character. */
  private follow(threads: Map<number, number>, first: number, start: number, text: string, at: number): void {
    const open = [first];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const known = threads.get(index);
      if (known !== undefined && known <= start) continue;
      threads.set(index, start);
      const state = this.states[index] as State;
      if (state.kind === 'jump') open.push(state.to);
      else if (state.kind === 'split') open.push(state.second, state.first);
      else if (state.kind === 'place' && isAt(state.place, text, at)) open.push(index + 1);
    }
  }

  private holds({ ranges, negated }: { ranges: readonly Range[]; negated: boolean }, code: number): boolean {
    const inside = (value: number) => ranges.some(({ from, to }) => value >= from && value <= to);
    if (inside(code)) return !negated;
    if (!this.ignoreCase) return negated;
    const character = String.fromCodePoint(code);
    const other = [character.toLowerCase(), character.toUpperCase()].some((one) =>
      inside(one.codePointAt(0) as number),
    );
    return other !== negated;
  }

  private compile(tree: Tree): void {
    if (this.states.length > MOST_STATES) throw new BadPattern('Regular expression too big');
    switch (tree.kind) {
      case 'set':
      case 'place':
        this.states.push(tree);
        return;
      case 'all':
        for (const part of tree.parts) this.compile(part);
        return;
      case 'any': {
        const exits: { kind: 'jump'; to: number }[] = [];
        for (const [i, part] of tree.parts.entries()) {
          if (i === tree.parts.length - 1) this.compile(part);
          else {
            const split = this.split();
            this.compile(part);
            const exit = { kind: 'jump' as const, to: 0 };
            exits.push(exit);
            this.states.push(exit);
            split.second = this.states.length;
          }
        }
        for (const exit of exits) exit.to = this.states.length;
        return;
      }
      case 'repeat': {
        for (let n = 0; n < tree.least; n++) this.compile(tree.part);
        if (tree.most === null) {
          const top = this.states.length;
          const split = this.split();
          this.compile(tree.part);
          this.states.push({ kind: 'jump', to: top });
          split.second = this.states.length;
          return;
        }
        const splits: { second: number }[] = [];
        for (let n = tree.least; n < tree.most; n++) {
          splits.push(this.split());
          this.compile(tree.part);
        }
        for (const split of splits) split.second = this.states.length;
      }
    }
  }

  private split(): { kind: 'split'; first: number; second: number } {
    const state = { kind: 'split' as const, first: this.states.length + 1, second: 0 };
    this.states.push(state);
    return state;
  }
}

function isAt(place: Place, text: string, at: number): boolean {
  const before = at > 0 && isWord(text.charAt(at - 1));
  const after = at < text.length && isWord(text.charAt(at));
  if (place === 'begin') return at === 0;
  if (place === 'end') return at === text.length;
  if (place === 'word') return before !== after;
  if (place === 'inside') return before === after;
  return place === 'word begin' ? !before && after : before && !after;
}

export function isWord(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}
