/** Reads the course from disk for the command line and the tests. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ANSWER_FILE } from '../course/answer-file.ts';
import { loadCourse } from '../course/load.ts';
import type { Course, Exercise } from '../course/schema.ts';
import type { Gradable } from '../grader/grade.ts';
import type { Suite } from '../grader/suite.ts';
import { picked } from './pick.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const EXERCISES = path.join(root, 'exercises');
export const SOLUTIONS = path.join(root, 'solutions');
const STARTERS = path.join(SOLUTIONS, 'starters.json');

/** In solutions/T/S: what an exercise of kind `order` looks like before its lines are put in order. */
export const RECORDED_STARTER = 'starter.py';

/** One line of `hb check`. */
export interface Checked {
  readonly file: string;
  /** What it got: `passed`, or `failed no deposit is lost`. */
  readonly got: string;
  /** What is wrong and how to mend it; null if all is well. */
  readonly problem: string | null;
}

/** Every file below a folder, by its path there with `/`. */
export function filesBelow(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name === 'package.json' || entry.parentPath.includes('__pycache__')) continue;
    const full = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, full).split(path.sep).join('/'), readFileSync(full, 'utf8'));
  }
  return files;
}

export function readCourse(): Course {
  return loadCourse(filesBelow(EXERCISES));
}

export function exercisesOf(course: Course): Exercise[] {
  return course.topics.flatMap((topic) => topic.exercises);
}

export async function suiteOf(exercise: Exercise): Promise<Suite> {
  const module = await import(pathToFileURL(path.join(EXERCISES, exercise.slug, 'tests.ts')).href);
  return module.default;
}

/** The exercise as the grader takes it. Of an order that the learner has worked on, the starter is what was recorded. */
export async function gradableOf(exercise: Exercise, asItCame = isUntouched(exercise)): Promise<Gradable> {
  const { slug, kind, support, world } = exercise;
  const recorded = path.join(SOLUTIONS, slug, RECORDED_STARTER);
  const kept = kind === 'order' && !asItCame && existsSync(recorded);
  const starter = kept ? { [ANSWER_FILE.order]: readFileSync(recorded, 'utf8') } : exercise.starter;
  return { slug, kind, suite: await suiteOf(exercise), support, starter, world };
}

/** The exercises that words on the command line mean; all of them for no words. */
export function pick(course: Course, words: readonly string[]): Exercise[] {
  return picked(exercisesOf(course), words);
}

/** What tells whether a learner has begun: a fingerprint of the starter as it came. */
export function starterPrint({ starter }: Pick<Exercise, 'starter'>): string {
  return createHash('sha256').update(JSON.stringify(starter)).digest('hex').slice(0, 16);
}

/** True unless what lies in exercises/ differs from the starter that its author recorded. */
export function isUntouched(exercise: Exercise): boolean {
  const recorded = recordedStarters()[exercise.slug];
  return recorded === undefined || recorded === starterPrint(exercise);
}

export function recordedStarters(): Record<string, string> {
  return existsSync(STARTERS) ? JSON.parse(readFileSync(STARTERS, 'utf8')) : {};
}

export const STARTERS_FILE = STARTERS;
