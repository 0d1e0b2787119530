/**
 * What a teacher hands out: `assignment.json`, version 1. Every type is inferred from these schemas, and the JSON Schema that
 * the site publishes (static/schemas/assignment-1.json) is made from them.
 */
import * as z from 'zod';

export const ASSIGNMENT_FORMAT = 'happens-before/assignment';

const text = (most: number) =>
  z.string().trim().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
const slug = z.string().regex(/^[a-z0-9-]{1,60}\/[a-z0-9-]{1,60}$/, 'must be TOPIC/NAME, as in locks/lost-update');
const points = z.number().min(0, 'must not be negative').max(10_000, 'must be at most 10000');
/** With its offset from UTC: a time that students and teacher read alike. */
const moment = z.iso.datetime({
  offset: true,
  error: 'must be a time with its offset, as in 2026-12-01T23:59:00+01:00',
});

/** What work counts that comes after the due date. */
export const latePolicy = z.discriminatedUnion('kind', [
  /** As if it were in time; the gradebook says how late. */
  z.strictObject({ kind: z.literal('accept') }),
  /** No points. */
  z.strictObject({ kind: z.literal('refuse') }),
  /** So many per cent of the points reached are taken away for each day begun, `most` of them at most. */
  z.strictObject({
    kind: z.literal('deduct'),
    perDay: z.number().min(0).max(100),
    most: z.number().min(0).max(100).default(100),
  }),
]);

export const assignedExercise = z.strictObject({
  slug,
  /** For all of its tests that students can see, shared out by weight. */
  points,
  /** Name of a hidden test to its weight; a test that is not named weighs 1. */
  weights: z.record(z.string().max(300), z.number().min(0).max(1000)).default({}),
  /** Tests that only the teacher has (`private/TOPIC/NAME/tests.ts`): what they are worth, and which files they were. */
  private: z.strictObject({ points, print: z.string().regex(/^[0-9a-f]{16}$/) }).optional(),
});

export const assignment = z.strictObject({
  $schema: z.string().max(300).optional(),
  format: z.literal(ASSIGNMENT_FORMAT, `must be "${ASSIGNMENT_FORMAT}"`),
  version: z.literal(1, 'must be 1: this program reads no other version'),
  /** Tells it from other assignments: submissions name it. */
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
    .max(80),
  title: text(200),
  /** To the students. Plain text, blank lines between paragraphs. */
  message: z.string().max(10_000).default(''),
  /** ENGINE_VERSION of the program that made it. */
  engine: z.string().max(20),
  due: moment.optional(),
  late: latePolicy.default({ kind: 'accept' }),
  /** How often a student may press Grade for each exercise, and hand in; absent: as often as they like. */
  attempts: z.number().int().min(1).max(1000).optional(),
  /** What students are asked for when they hand in. */
  asks: z.array(z.enum(['name', 'id'])).default([]),
  search: z
    .strictObject({
      /** Of the random walks that follow a search which was not complete. */
      seed: z.number().int().min(1).max(1_000_000).default(1),
      /** How thoroughly is searched: 1 is what everybody else gets, 0.5 half of that. */
      budget: z.number().min(0.05).max(20).default(1),
    })
    .default({ seed: 1, budget: 1 }),
  exercises: z
    .array(assignedExercise)
    .min(1, 'must have at least one exercise')
    .max(200, 'must have at most 200 exercises')
    .refine((list) => new Set(list.map((one) => one.slug)).size === list.length, 'must name each exercise once'),
});

export type Assignment = z.infer<typeof assignment>;
export type AssignedExercise = z.infer<typeof assignedExercise>;
export type LatePolicy = z.infer<typeof latePolicy>;

/** An assignment that is not one. The message names the file, the key and what to do; it may have several lines. */
export class BadAssignment extends Error {}

/** Reads a file's or a link's text. Throws BadAssignment. */
export function readAssignment(where: string, source: string): Assignment {
  let json: unknown;
  try {
    json = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new BadAssignment(
      `${where}: is not valid JSON (${why}). Correct it there, or make it anew with hb classroom assign.`,
    );
  }
  const read = assignment.safeParse(json);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => {
    const key = issue.path.map(String).join('.');
    return `${where}: ${key === '' ? '' : `\`${key}\`: `}${issue.message}. Correct it there.`;
  });
  throw new BadAssignment(lines.slice(0, 20).join('\n'));
}

export function writeAssignment(one: Assignment): string {
  return `${JSON.stringify(one, null, 2)}\n`;
}
