/** All that is read from Redis: others write there too, so everything is bounded, and checked before it is believed. */
import * as z from 'zod';
import type { Graded } from '../../../classroom/graded.ts';
import { LARGEST_SUBMISSION, LONGEST_FILE } from '../../../classroom/submission.ts';

const slug = z.string().regex(/^[a-z0-9-]{1,60}\/[a-z0-9-]{1,60}$/);
const key = z.string().regex(/^[\w-]{8,128}$/);

/** A job's data. Its id is the key. */
export const queuedJob = z.strictObject({
  version: z.literal(1, 'is of another version of this program'),
  slug,
  files: z
    .record(z.string().max(100), z.string().max(LONGEST_FILE, 'is longer than any answer'))
    .refine((files) => Object.keys(files).length <= 50, 'has more files than any answer')
    .refine(
      (files) => Object.values(files).reduce((sum, text) => sum + text.length, 0) <= LARGEST_SUBMISSION,
      'is larger than any answer',
    ),
  /** Whose it is, in a way that says nothing: the same for the same student in one grading of a class. */
  from: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
});
export type QueuedJob = z.infer<typeof queuedJob>;

const verdict = z.enum(['passed', 'failed', 'race', 'deadlock', 'livelock', 'error', 'limit', 'unrepeatable']);

/** Characters of one result, with all of its replay links. */
export const LARGEST_RESULT = 8_000_000;

const gradedTest = z.strictObject({
  name: z.string().max(300),
  private: z.boolean(),
  verdict,
  proof: z.string().max(10_000),
  failure: z
    .strictObject({
      message: z.string().max(1_000_000),
      hint: z.string().max(100_000),
      schedule: z.string().max(1_000_000),
      replay: z.string().max(LARGEST_RESULT).nullable(),
    })
    .optional(),
});

const graded = z.strictObject({
  key,
  slug,
  tests: z.array(gradedTest).min(1).max(200),
  seconds: z.number().min(0).max(1_000_000),
});

/** What a worker has found out, as it is kept; null: it is not what it should be. */
export function readGraded(text: string, expected: string): Graded | null {
  if (text.length > LARGEST_RESULT) return null;
  const { success, data } = graded.safeParse(parsed(text));
  if (!success || data.key !== expected) return null;
  // Without `failure: undefined`, which is not the same as no failure.
  return { ...data, tests: data.tests.map(({ failure, ...test }) => (failure ? { ...test, failure } : test)) };
}

/** With what is graded: equal on both sides, or the two have nothing to do with each other. */
export const setup = z.strictObject({
  assignment: z.string().regex(/^[a-z0-9-]{1,80}$/),
  engine: z.string().max(20),
  /** By slug: the key that an empty answer has, which changes with the tests, the search and the engine. */
  exercises: z.record(slug, key).refine((all) => Object.keys(all).length <= 200),
  /** When it was first seen at this queue. */
  since: z.iso.datetime(),
});
export type Setup = z.infer<typeof setup>;

export function readSetup(text: string): Setup | null {
  return text.length > 100_000 ? null : (setup.safeParse(parsed(text)).data ?? null);
}

export const jobKey = key;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
