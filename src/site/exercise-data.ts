/** An exercise as its page needs it: what the course plugin writes at build time, Markdown already made HTML. Types only. */
import type { ExerciseKind } from '../course/schema.ts';
import type { WorldFile } from '../course/world.ts';

export interface ExerciseData {
  readonly slug: string;
  readonly topic: string;
  readonly topicTitle: string;
  readonly title: string;
  readonly kind: ExerciseKind;
  readonly concepts: readonly string[];
  readonly taskHtml: string;
  readonly hintsHtml: readonly string[];
  readonly starter: Readonly<Record<string, string>>;
  readonly support: Readonly<Record<string, string>>;
  /** Several machines; absent: one. */
  readonly world?: WorldFile;
}

export interface ExerciseEntry {
  readonly slug: string;
  readonly title: string;
  readonly kind: ExerciseKind;
}

/** What every page knows of the course: enough for lists, sidebar and progress. */
export interface CourseIndex {
  readonly topics: readonly {
    readonly slug: string;
    readonly title: string;
    readonly exercises: readonly ExerciseEntry[];
  }[];
}
