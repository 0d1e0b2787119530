/**
 * Who may have worked with whom: plain data that the report shows. A similar pair is a question to two students, never a
 * verdict: short exercises have few solutions. Types only.
 */

/** All exercises of an assignment, compared. */
export interface Similarity {
  /** In the assignment's order. */
  readonly exercises: readonly ExerciseSimilarity[];
  /** Students joined by pairs that stand out in several exercises; the largest first. */
  readonly groups: readonly SimilarGroup[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** What stands in the way of comparing an exercise's answers. */
export type NotCompared =
  /** The answer is marks, moves, or lines that were given. */
  | 'given'
  /** Fewer than two students have changed the starter. */
  | 'too few';

export interface ExerciseSimilarity {
  readonly slug: string;
  readonly title: string;
  readonly skipped: NotCompared | null;
  /** Answers that were compared: those that are more than the starter. */
  readonly answers: number;
  /** What is usual here; null if nothing was compared. */
  readonly usual: Usual | null;
  /** From this similarity on a pair stands out here. */
  readonly threshold: number;
  /** Those that stand out, the most similar first. */
  readonly pairs: readonly SimilarPair[];
  /** Pairs that stand out as well, and are not listed. */
  readonly unlisted: number;
  /** Students who handed in the same text, comments and layout included; the largest group first. */
  readonly sameText: readonly (readonly Person[])[];
  /** Whose answer is the course's own published solution, but for names, comments and layout. */
  readonly asSolution: readonly { readonly student: Person; readonly sameText: boolean }[];
  /** Answers that could only be compared line by line, since Python cannot read them. */
  readonly unreadable: readonly Person[];
}

/** How similar two answers to the same exercise are, of all pairs of the class. */
export interface Usual {
  readonly pairs: number;
  readonly median: number;
  /** 95 of 100 pairs are less similar. */
  readonly percentile95: number;
  /** Pairs from 0 to 5 %, from 5 to 10 % … 20 numbers. */
  readonly histogram: readonly number[];
}

/** A part of a text. Rows and columns from 0, columns in UTF-16 units; the end is not part of it. */
export interface Region {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

export interface Side {
  readonly student: Person;
  /** The student's files one after the other, each with the row at which it begins. */
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly row: number }[];
}

export interface SimilarPair {
  readonly left: Side;
  readonly right: Side;
  /** Share of both answers' own fingerprints that the other has too: 0 to 1. */
  readonly similarity: number;
  /** Fingerprints of both sides that the other has too. */
  readonly overlap: number;
  /** Rows of the longest fragment. */
  readonly longest: number;
  /** `text`: the same to the letter. `program`: the same but for names, comments and layout. */
  readonly same: 'text' | 'program' | null;
  /** Words that both chose and hardly anybody else: names, and what comments and strings say. */
  readonly rareWords: readonly string[];
  /** In the order of the left side. */
  readonly fragments: readonly { readonly left: Region; readonly right: Region }[];
}

export interface SimilarGroup {
  readonly students: readonly Person[];
  /** Pairs of them that stand out in several exercises. */
  readonly links: readonly {
    readonly left: Person;
    readonly right: Person;
    /** By slug, in the assignment's order. */
    readonly exercises: readonly string[];
  }[];
}
