/**
 * The fingerprints of one exercise's answers, by Dolos: hashes of runs of tokens, winnowed (Schleimer, Wilkerson and Aiken,
 * SIGMOD 2003). What the exercise gave, and what much of the class has in common, does not count.
 */
import { File, FingerprintIndex, TokenizedFile } from '@dodona/dolos-core';
import type { Normalised } from './normalised.ts';

/**
 * Tokens of a fingerprint: about a line, so that a line which was added or changed spoils few others. Honest answers to the
 * course's exercises have at most a sixth of such runs in common; of those of 12, JPlag's least for Python, a disguised copy of
 * 20 lines has lost half. Dolos' own 23 are for the nodes of a syntax tree and for longer programs.
 */
const RUN = 8;
/**
 * One of so many neighbours is kept: whatever two answers have in common for RUN + WINDOW - 1 = 10 tokens is found. Answers are
 * so short that a wider window would save nothing and lose much.
 */
const WINDOW = 3;
/** A fingerprint that more than this part of the answers have is what one writes here, and tells nothing … */
const COMMON = 1 / 3;
/** … unless the class is so small that a few friends are a third of it. */
const FEWEST_COMMON = 5;

/** An answer's fingerprints that count. */
export interface Prints {
  readonly file: TokenizedFile;
  /** Where they are, by the fingerprint's number: how often. */
  readonly counts: ReadonlyMap<number, number>;
  /** Of all of them. */
  readonly total: number;
}

export interface Fingerprints {
  readonly index: FingerprintIndex;
  /** One for each answer. */
  readonly answers: readonly Prints[];
  /** By a fingerprint's number: the answers that have it, in order, if there are several. */
  readonly holders: readonly (readonly number[])[];
}

export function fingerprints(answers: readonly Normalised[], template: readonly Normalised[]): Fingerprints {
  const index = new FingerprintIndex(RUN, WINDOW);
  const files = answers.map(fileOf);
  index.addFiles(files);
  // After the answers: Dolos goes through all files that have a fingerprint whenever one that is ignored is added.
  for (const one of template) index.addIgnoredFile(fileOf(one));
  const most = Math.max(FEWEST_COMMON, Math.floor(answers.length * COMMON));
  const common = index.sharedFingerprints().filter((one) => !one.ignored && one.fileCount() > most);
  index.addIgnoredHashes(common.map(({ hash }) => hash));

  const numbers = new Map(files.map((file, number) => [file.id, number]));
  const counts = files.map(() => new Map<number, number>());
  const holders: number[][] = [];
  for (const shared of index.sharedFingerprints()) {
    if (shared.ignored) continue;
    const found = shared.files().flatMap((file) => {
      const number = numbers.get(file.id);
      if (number === undefined) return [];
      counts[number]?.set(holders.length, shared.occurrencesOf(file).length);
      return [number];
    });
    holders.push(found.length > 1 ? found.sort((a, b) => a - b) : []);
  }
  const prints = files.map((file, number) => {
    const own = counts[number] ?? new Map<number, number>();
    return { file, counts: own, total: [...own.values()].reduce((sum, count) => sum + count, 0) };
  });
  return { index, answers: prints, holders };
}

/** Without the ends of blocks: `while full: wait()` is the same on one line and on two. */
function fileOf({ tokens, regions }: Normalised): TokenizedFile {
  const kept = tokens.map((_, at) => at).filter((at) => tokens[at] !== 'indent' && tokens[at] !== 'dedent');
  return new TokenizedFile(
    new File('', ''),
    kept.flatMap((at) => tokens[at] ?? []),
    kept.flatMap((at) => regions[at] ?? []),
  );
}
