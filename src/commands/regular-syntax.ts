/** The syntax of POSIX regular expressions, basic and extended: from a pattern to a tree. */

/** Why a pattern is none: the words of GNU grep. */
export class BadPattern extends Error {}

const DEEPEST = 100;

export interface Range {
  readonly from: number;
  readonly to: number;
}
export type Place = 'begin' | 'end' | 'word' | 'inside' | 'word begin' | 'word end';

export type Tree =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'all'; readonly parts: readonly Tree[] }
  | { readonly kind: 'any'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number | null };

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

export class PatternParser {
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
