/**
 * What a student hands in: one file, version 1, made by the site. Nothing in it is trusted: the code is graded again, names
 * are compared with the class list, times and verdicts are shown as what they are, the student's own word.
 */
import * as z from 'zod';

export const SUBMISSION_FORMAT = 'happens-before/submission';

/** Characters of one file of an answer, and of all files of a submission. No honest answer comes near. */
export const LONGEST_FILE = 200_000;
export const LARGEST_SUBMISSION = 2_000_000;

const moment = z.iso.datetime({ offset: true });

/** One press of Grade. */
export const attempt = z.object({
  at: moment,
  /** As the verdict panel named it: `passed`, `failed`, `deadlock` … */
  verdict: z.string().max(40),
  /** The test that failed first. */
  test: z.string().max(300).optional(),
});

export const answer = z.object({
  /** The learner's files by name. */
  files: z.record(z.string().max(100), z.string().max(LONGEST_FILE, 'is longer than any answer')),
  attempts: z.array(attempt).max(2000).default([]),
});

export const submission = z.object({
  format: z.literal(SUBMISSION_FORMAT, `must be "${SUBMISSION_FORMAT}"`),
  version: z.literal(1, 'must be 1: this program reads no other version'),
  /** The assignment's id. */
  assignment: z.string().max(80),
  /** ENGINE_VERSION of the site that made it. */
  engine: z.string().max(20),
  made: moment,
  student: z.object({ name: z.string().max(200).optional(), id: z.string().max(200).optional() }).default({}),
  /** By slug; exercises that were never opened are not there. */
  exercises: z.record(z.string().max(130), answer),
});

export type Attempt = z.infer<typeof attempt>;
export type Answer = z.infer<typeof answer>;
export type Submission = z.infer<typeof submission>;

/** What the site calls the file it makes. */
export function submissionName(assignmentId: string, student: Submission['student']): string {
  const who = (student.id ?? student.name ?? '')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${[assignmentId, who.toLowerCase().slice(0, 40)].filter(Boolean).join('-')}.hb.json`;
}
