/** Compares the answers to one exercise, each with each and with the course's own solution. */
import { allPairs, type Candidate, LISTED } from './all-pairs.ts';
import { type Fingerprints, fingerprints } from './fingerprints.ts';
import { fragmentsOf } from './fragments.ts';
import type { Normalised } from './normalised.ts';
import { rareWords, wordsOf } from './rare-words.ts';
import type { ExerciseSimilarity, Person, Side, SimilarPair } from './types.ts';

/** What a student handed in for an exercise, and what it is normalised. */
export interface Submitted extends Side {
  readonly normalised: Normalised;
}

/** What was handed out, and what it is compared with beside the answers. */
export interface Material {
  readonly slug: string;
  readonly title: string;
  /** False: the answer is made of what was given, so that all right ones are the same. */
  readonly comparable: boolean;
  /** What students began with and what came with it. */
  readonly template: readonly Normalised[];
  readonly starter: { readonly text: string; readonly program: string | null };
  /** Texts that everybody has read: the task, the template, the hints. */
  readonly known: readonly string[];
  /** The course's own; null: it has none. */
  readonly solution: { readonly text: string; readonly program: string | null } | null;
}

export interface Compared {
  readonly similarity: ExerciseSimilarity;
  /** All pairs that stand out, as far as they are kept: those that are listed and many more. */
  readonly pairs: readonly (readonly [Person, Person])[];
}

export function compareExercise(material: Material, submitted: readonly Submitted[]): Compared {
  const { slug, title, comparable, starter, solution } = material;
  const answers = submitted.filter(
    ({ text, normalised: { program } }) =>
      trimmed(text) !== trimmed(starter.text) && (program === null || program !== starter.program),
  );
  const empty: ExerciseSimilarity = {
    ...{ slug, title, skipped: 'given', answers: 0, usual: null, threshold: 1, pairs: [], unlisted: 0 },
    ...{ sameText: [], asSolution: [], unreadable: [] },
  };
  if (!comparable) return { similarity: empty, pairs: [] };
  const alone = {
    ...{ answers: answers.length, sameText: sameTexts(answers) },
    asSolution: answers.flatMap(({ student, text, normalised: { program } }) => {
      const sameText = solution !== null && trimmed(text) === trimmed(solution.text);
      const same = sameText || (program !== null && program === solution?.program);
      return same ? [{ student, sameText }] : [];
    }),
    unreadable: answers.filter(({ normalised }) => !normalised.readable).map(({ student }) => student),
  };
  if (answers.length < 2) return { similarity: { ...empty, ...alone, skipped: 'too few' }, pairs: [] };

  const prints = fingerprints(
    answers.map(({ normalised }) => normalised),
    material.template,
  );
  const given = wordsOf(material.known);
  const library = new Set(answers.flatMap(({ normalised }) => (normalised.readable ? normalised.tokens : [])));
  const words = rareWords(
    answers.map(({ text }) => text),
    (word) => given.has(word) || library.has(word),
  );
  const { usual, threshold, candidates, standingOut } = allPairs(prints, words.count);
  const listed = candidates.slice(0, LISTED);
  return {
    similarity: {
      ...{ slug, title, skipped: null, ...alone, usual, threshold },
      pairs: listed.flatMap((one) => pairOf(one, answers, prints, words.of(one.left, one.right)) ?? []),
      unlisted: standingOut - listed.length,
    },
    pairs: candidates.flatMap(({ left, right }) => {
      const [one, other] = [answers[left], answers[right]];
      return one && other ? [[one.student, other.student] as const] : [];
    }),
  };
}

function pairOf(
  { left, right, similarity, overlap }: Candidate,
  answers: readonly Submitted[],
  prints: Fingerprints,
  shared: readonly string[],
): SimilarPair | null {
  const [one, other] = [answers[left], answers[right]];
  if (!one || !other) return null;
  const fragments = fragmentsOf(left, right, prints, [one.text, other.text]);
  const { program } = one.normalised;
  return {
    ...{ left: sideOf(one), right: sideOf(other), similarity, overlap, rareWords: shared, fragments },
    longest: fragments.reduce((most, { left: { startRow, endRow } }) => Math.max(most, endRow - startRow + 1), 0),
    same:
      trimmed(one.text) === trimmed(other.text)
        ? 'text'
        : program !== null && program === other.normalised.program
          ? 'program'
          : null,
  };
}

function sideOf({ student, text, files }: Submitted): Side {
  return { student, text, files };
}

/** Those who handed in the same, each group in the order of the answers. */
function sameTexts(answers: readonly Submitted[]): Person[][] {
  const groups = new Map<string, Person[]>();
  for (const { student, text } of answers) {
    const key = trimmed(text);
    const group = groups.get(key);
    if (group) group.push(student);
    else groups.set(key, [student]);
  }
  return [...groups.values()].filter((group) => group.length > 1).sort((a, b) => b.length - a.length);
}

/** What editors change by themselves. Not by a regular expression: a line of 200,000 blanks would take it minutes. */
function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
