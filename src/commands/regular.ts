/**
 * POSIX regular expressions, basic and extended, as grep has them: leftmost-longest matches in a time that grows with
 * pattern times text and never faster (JavaScript's own can take for ever). No back-references, which have no such way.
 */

/** Why a pattern is none: the words of GNU grep. */
export class BadPattern extends Error {}

/** Larger automata are refused: "regular expression too big". */
const MOST_STATES = 20_000;
const DEEPEST = 100;

interface Range {
  readonly from: number;
  readonly to: number;
}
type Place = 'begin' | 'end' | 'word' | 'inside' | 'word begin' | 'word end';

type Tree =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'all'; readonly parts: readonly Tree[] }
  | { readonly kind: 'any'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number | null };

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

const ANY: readonly Range[] = [];
const WORD = ranges('09AZaz__');
const SPACE = ranges('\t\r  ');
const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  alpha: ranges('AZaz'),
  digit: ranges('09'),
  alnum: ranges('09AZaz'),
  upper: ranges('AZ'),
  lower: ranges('az'),
  space: SPACE,
  blank: ranges('\t\t  '),
  punct: ranges('!/:@[`{~'),
  print: ranges(' ~'),
  graph: ranges('!~'),
  cntrl: ranges('\0\x1f\x7f\x7f'),
  xdigit: ranges('09AFaf'),
};

function ranges(pairs: string): readonly Range[] {
  const list: Range[] = [];
  for (let i = 0; i < pairs.length; i += 2) list.push({ from: pairs.charCodeAt(i), to: pairs.charCodeAt(i + 1) });
  return list;
}

/** The characters of `[:name:]`; null: there is no such class. */
export function characterClass(name: string): readonly Range[] | null {
  return Object.hasOwn(CLASSES, name) ? (CLASSES[name] as readonly Range[]) : null;
}

class PatternParser {
  private readonly pattern: string;
  private readonly extended: boolean;
  private at = 0;
  private depth = 0;

  constructor(pattern: string, extended: boolean) {
    this.pattern = pattern;
    this.extended = extended;
  }

  parse(): Tree {
    const tree = this.alternatives();
    // Only an unmatched `)` stops the parser early; extended syntax takes one for itself at the top level.
    if (this.at < this.pattern.length) throw new BadPattern('Unmatched ) or \\)');
    return tree;
  }

  private alternatives(): Tree {
    if (++this.depth > DEEPEST) throw new BadPattern('Regular expression too big');
    const parts = [this.sequence()];
    while (this.take(this.extended ? '|' : '\\|')) parts.push(this.sequence());
    this.depth--;
    return parts.length === 1 ? (parts[0] as Tree) : { kind: 'any', parts };
  }

  private sequence(): Tree {
    const parts: Tree[] = [];
    while (this.at < this.pattern.length && !this.sees(this.extended ? '|' : '\\|')) {
      if (this.sees(this.extended ? ')' : '\\)') && this.depth > 1) break;
      const atom = this.atom(parts.length === 0);
      parts.push(this.repeated(atom));
    }
    return { kind: 'all', parts };
  }

  private repeated(atom: Tree): Tree {
    let part = atom;
    for (let n = 0; n < DEEPEST; n++) {
      if (this.take('*')) part = { kind: 'repeat', part, least: 0, most: null };
      else if (this.take(this.extended ? '+' : '\\+')) part = { kind: 'repeat', part, least: 1, most: null };
      else if (this.take(this.extended ? '?' : '\\?')) part = { kind: 'repeat', part, least: 0, most: 1 };
      else {
        const bounds = this.bounds();
        if (!bounds) return part;
        part = { kind: 'repeat', part, ...bounds };
      }
    }
    throw new BadPattern('Regular expression too big');
  }

  private bounds(): { least: number; most: number | null } | null {
    const open = this.extended ? '{' : '\\{';
    if (!this.sees(open)) return null;
    const rest = this.pattern.slice(this.at + open.length);
    const match = (this.extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest.slice(0, 30));
    if (!match || (match[1] === '' && match[2] === '')) {
      if (this.extended) return null;
      throw new BadPattern(/\\\}/.test(rest) ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
    }
    const least = Number(match[1] || 0);
    const most = match[2] === '' ? least : match[3] === '' ? null : Number(match[3]);
    if (least > 32_767 || (most ?? 0) > 32_767) throw new BadPattern('Regular expression too big');
    if (most !== null && most < least) throw new BadPattern('Invalid content of \\{\\}');
    this.at += open.length + match[0].length;
    return { least, most };
  }

  private atom(first: boolean): Tree {
    const character = this.next();
    if (character === '\\') return this.escaped();
    if (character === '.') return { kind: 'set', ranges: ANY, negated: true };
    if (character === '[') return this.bracket();
    if (this.extended) {
      if (character === '^') return { kind: 'place', place: 'begin' };
      if (character === '$') return { kind: 'place', place: 'end' };
      if (character === '(') return this.group(')');
      // A repetition of nothing is the character itself in GNU's basic syntax, and nothing at all in extended.
      if (first && '*+?'.includes(character)) return { kind: 'all', parts: [] };
      return literal(character);
    }
    if (character === '^' && first) return { kind: 'place', place: 'begin' };
    if (character === '$' && (this.at === this.pattern.length || this.sees('\\|') || this.sees('\\)'))) {
      return { kind: 'place', place: 'end' };
    }
    return literal(character);
  }

  private escaped(): Tree {
    if (this.at >= this.pattern.length) throw new BadPattern('Trailing backslash');
    const character = this.next();
    if (!this.extended && character === '(') return this.group('\\)');
    if (!this.extended && character === ')') throw new BadPattern('Unmatched ) or \\)');
    if (character === 'w' || character === 'W') return { kind: 'set', ranges: WORD, negated: character === 'W' };
    if (character === 's' || character === 'S') return { kind: 'set', ranges: SPACE, negated: character === 'S' };
    const places: Record<string, Place> = { b: 'word', B: 'inside', '<': 'word begin', '>': 'word end' };
    const place = Object.hasOwn(places, character) ? places[character] : undefined;
    if (place) return { kind: 'place', place };
    if (/[1-9]/.test(character)) throw new BadPattern('Back-references are not known here');
    return literal(character);
  }

  private group(close: string): Tree {
    const inner = this.alternatives();
    if (!this.take(close)) throw new BadPattern('Unmatched ( or \\(');
    return inner;
  }

  private bracket(): Tree {
    const list: Range[] = [];
    const negated = this.take('^');
    for (let first = true; ; first = false) {
      if (this.at >= this.pattern.length) throw new BadPattern('Unmatched [, [^, [:, [., or [=');
      if (!first && this.take(']')) break;
      const named = /^\[:(\w+):\]/.exec(this.pattern.slice(this.at, this.at + 20));
      if (named) {
        const known = characterClass(named[1] as string);
        if (!known) throw new BadPattern('Invalid character class name');
        list.push(...known);
        this.at += named[0].length;
        continue;
      }
      const from = this.next().codePointAt(0) as number;
      if (this.sees('-') && this.pattern[this.at + 1] !== ']' && this.at + 1 < this.pattern.length) {
        this.at++;
        const to = this.next().codePointAt(0) as number;
        if (to < from) throw new BadPattern('Invalid range end');
        list.push({ from, to });
      } else list.push({ from, to: from });
    }
    return { kind: 'set', ranges: list, negated };
  }

  private next(): string {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at) as number);
    this.at += character.length;
    return character;
  }

  private sees(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }
}

function literal(character: string): Tree {
  const code = character.codePointAt(0) as number;
  return { kind: 'set', ranges: [{ from: code, to: code }], negated: false };
}
