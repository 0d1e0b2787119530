/** Reads the course from disk for the command line and the tests. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadCourse } from '../course/load.ts';
import type { Course, Exercise } from '../course/schema.ts';
import type { Suite } from '../grader/suite.ts';
import { Usage } from './usage.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const EXERCISES = path.join(root, 'exercises');
export const SOLUTIONS = path.join(root, 'solutions');
const STARTERS = path.join(SOLUTIONS, 'starters.json');

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

/** The exercises that words on the command line mean: a slug, or its last part; all of them for no words. */
export function pick(course: Course, words: readonly string[]): Exercise[] {
  const all = exercisesOf(course);
  if (words.length === 0) return all;
  return words.map((word) => {
    const slug = word.replace(/^exercises\//, '').replace(/\/(exercise\.py)?$/, '');
    const found = all.filter((exercise) => exercise.slug === slug || exercise.slug.split('/')[1] === slug);
    if (found.length === 1) return found[0] as Exercise;
    const near = all.filter((exercise) => exercise.slug.includes(slug)).map((exercise) => exercise.slug);
    const help =
      near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There are: ${all.map((e) => e.slug).join(', ')}.`;
    throw new Usage(`There is no exercise "${word}". ${help}`);
  });
}

/** What tells whether a learner has begun: a fingerprint of the starter as it came. */
export function starterPrint(exercise: Exercise): string {
  return createHash('sha256').update(JSON.stringify(exercise.starter)).digest('hex').slice(0, 16);
}

export function recordedStarters(): Record<string, string> {
  return existsSync(STARTERS) ? JSON.parse(readFileSync(STARTERS, 'utf8')) : {};
}

export const STARTERS_FILE = STARTERS;
