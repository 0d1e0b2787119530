/** Redis' glob patterns: `*`, `?`, `[a-z]`, `[^…]`, `\x`. */

/** Steps of a comparison before it is given up: patterns like `*a*a*a*b` would take for ever. */
const MOST_STEPS = 1_000_000;

export function matches(pattern: string, text: string): boolean {
  return new Matcher(pattern, text).from(0, 0) === 'yes';
}

class Matcher {
  private readonly pattern: string;
  private readonly text: string;
  private steps = 0;

  constructor(pattern: string, text: string) {
    this.pattern = pattern;
    this.text = text;
  }

  /** 'never': nor would it from any later place of the text. */
  from(startPattern: number, startText: number): 'yes' | 'no' | 'never' {
    const { pattern, text } = this;
    let p = startPattern;
    let t = startText;
    for (; p < pattern.length; p++) {
      if (++this.steps > MOST_STEPS) return 'never';
      const character = pattern[p] as string;
      if (character === '*') {
        while (pattern[p + 1] === '*') p++;
        if (p + 1 === pattern.length) return 'yes';
        for (; t <= text.length; t++) {
          const rest = this.from(p + 1, t);
          if (rest !== 'no') return rest;
        }
        return 'never';
      }
      if (t >= text.length) return 'never';
      if (character === '[') {
        const found = this.inClass(p + 1, text.charCodeAt(t));
        if (!found.holds) return 'no';
        p = found.end;
      } else if (character !== '?') {
        if (character === '\\' && p + 1 < pattern.length) p++;
        if (pattern[p] !== text[t]) return 'no';
      }
      t++;
    }
    return t === text.length ? 'yes' : 'no';
  }

  private inClass(start: number, code: number): { readonly holds: boolean; readonly end: number } {
    const { pattern } = this;
    let at = start;
    const negated = pattern[at] === '^';
    if (negated) at++;
    let holds = false;
    for (; at < pattern.length && pattern[at] !== ']'; at++) {
      if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
      else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
        const [a, b] = [pattern.charCodeAt(at), pattern.charCodeAt(at + 2)];
        holds ||= code >= Math.min(a, b) && code <= Math.max(a, b);
        at += 2;
        continue;
      }
      holds ||= pattern.charCodeAt(at) === code;
    }
    return { holds: holds !== negated, end: Math.min(at, pattern.length - 1) };
  }
}
