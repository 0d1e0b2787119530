/**
 * The words of answers that hardly anybody else in the class uses: names, and what comments and strings say. Two answers with
 * the same program tell little where there are few solutions; the same odd name in both tells more.
 */

const WORD = /[\p{L}_][\p{L}\p{N}_]{2,39}/gu;
/** Of one answer; no honest one has as many. */
const MOST_WORDS = 500;
/** Words of this part of the class are rare. */
const RARE = 0.02;
const FEWEST = 2;

export interface RareWords {
  /** Rare words that both have; both by their numbers. */
  count(left: number, right: number): number;
  /** In the order of the alphabet. */
  of(left: number, right: number): string[];
}

/** `known`: says whether a word is anybody's, as the language's, the library's and the exercise's are. */
export function rareWords(texts: readonly string[], known: (word: string) => boolean): RareWords {
  const holders = new Map<string, number[]>();
  for (const [number, text] of texts.entries()) {
    const words = new Set<string>();
    for (const [word] of text.matchAll(WORD)) {
      if (words.size >= MOST_WORDS) break;
      if (!known(word)) words.add(word);
    }
    for (const word of words) {
      const list = holders.get(word);
      if (list) list.push(number);
      else holders.set(word, [number]);
    }
  }
  const most = Math.max(FEWEST, Math.floor(texts.length * RARE));
  const shared = new Map<number, string[]>();
  for (const [word, numbers] of holders) {
    if (numbers.length > most) continue;
    for (const [at, left] of numbers.entries())
      for (const right of numbers.slice(at + 1)) {
        const key = left * texts.length + right;
        const list = shared.get(key);
        if (list) list.push(word);
        else shared.set(key, [word]);
      }
  }
  const of = (left: number, right: number) => shared.get(left * texts.length + right) ?? [];
  return {
    count: (left, right) => of(left, right).length,
    of: (left, right) => [...of(left, right)].sort(),
  };
}

/** All words of texts that everybody has. */
export function wordsOf(texts: Iterable<string>): Set<string> {
  return new Set([...texts].flatMap((text) => [...text.matchAll(WORD)].map(([word]) => word)));
}
