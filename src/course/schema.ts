/** The shape of a course on disk and in memory: zod schemas, with every type inferred from them. */
import * as z from 'zod';
import { worldFile } from './world.ts';

const slugPart = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const sentence = z.string().trim().min(1, 'must not be empty');

/**
 * The kinds of exercise that the grader knows. `write` and `fix`: a program. `break`: moves that lead a given program to
 * its goal. `predict`: which of the listed outcomes a given program can have. `order`: given lines, put in their order.
 */
export const exerciseKind = z.enum(['write', 'fix', 'break', 'predict', 'order']);

/** The front matter of an exercise's README.md. */
export const frontMatter = z.strictObject({
  title: sentence,
  kind: exerciseKind,
  /** What the learner practises here. */
  concepts: z.array(sentence).min(1, 'must name at least one concept'),
  /** What the learner must have met before. */
  requires: z.array(sentence).default([]),
  /** What this exercise leaves for others. */
  outOfScope: z.array(sentence).default([]),
  /** The verdict that the untouched starter must get, and of which test: "failed no deposit is lost". */
  starter: z
    .string()
    .regex(
      /^(failed|race|deadlock|livelock|error|limit) \S.*$/,
      'must be a verdict, then the name of the failing test',
    ),
});

/** `exercises/course.json`: the only place where order lives. */
export const courseFile = z.strictObject({
  topics: z
    .array(z.strictObject({ slug: slugPart, title: sentence, exercises: z.array(slugPart) }))
    .min(1, 'must list at least one topic'),
});

const textFiles = z.record(z.string(), z.string());

export const exercise = z.strictObject({
  /** `<topic>/<name>`: its folder, its address and its key in stored progress. */
  slug: z.string(),
  topic: slugPart,
  title: sentence,
  kind: exerciseKind,
  concepts: z.array(z.string()),
  requires: z.array(z.string()),
  outOfScope: z.array(z.string()),
  /** Markdown. */
  task: z.string(),
  /** Markdown, from the gentlest nudge on. */
  hints: z.array(z.string()),
  /** What the learner edits; always has the kind's answer file. */
  starter: textFiles,
  /** What the learner may read but not edit: `driver.py`, and the program itself where the answer is about it. */
  support: textFiles,
  /** From `world.json`: the machines on which it runs; absent: one. */
  world: worldFile.optional(),
  /** `<verdict> <test name>` of the untouched starter, for the course's own tests. */
  starterVerdict: z.string(),
  /** Position in the whole course, from 0. */
  order: z.number().int(),
});

export const topic = z.strictObject({ slug: slugPart, title: sentence, exercises: z.array(exercise) });
export const course = z.strictObject({ topics: z.array(topic) });

export type ExerciseKind = z.infer<typeof exerciseKind>;
export type Exercise = z.infer<typeof exercise>;
export type Topic = z.infer<typeof topic>;
export type Course = z.infer<typeof course>;
