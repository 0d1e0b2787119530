/** What tells equal gradings: the answer, the tests and all that they need, how it is searched, and the engine. */
import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Assignment } from '../../classroom/assignment.ts';
import { ENGINE_VERSION } from '../../worker/identity.ts';
import { EXERCISES, exercisesOf, gradableOf, readCourse } from '../course-files.ts';
import { Usage } from '../usage.ts';
import { privatePrint } from './private-suites.ts';

/** Equal for equal work, on every machine that has the same engine, the same course and the same private suites. */
export type KeyOf = (slug: string, files: Readonly<Record<string, string>>) => string;

/** What verdicts and their words are made by, beside the engine: relative to src/. */
const GRADER = ['grader', 'trace', 'course', 'classroom/assigned.ts', 'cli/classroom/bounded.ts'];

const SOURCES = path.resolve(import.meta.dirname, '../..');

/** `engine`: buildEngine's folder. Throws Usage if the assignment has an exercise that the course has not. */
export async function openKeys(assignment: Assignment, privateFolder: string, engine: string): Promise<KeyOf> {
  const { version } = JSON.parse(readFileSync(path.join(engine, 'version.json'), 'utf8'));
  const shared = JSON.stringify([ENGINE_VERSION, version, graderPrint(), assignment.search]);
  const all = exercisesOf(readCourse());
  const prints = new Map<string, string>();
  for (const { slug, private: own } of assignment.exercises) {
    const exercise = all.find((one) => one.slug === slug);
    if (!exercise) throw new Usage(`hb classroom: there is no exercise ${slug} in this version of the course.`);
    const { kind, support, starter, world } = await gradableOf(exercise);
    const tests = readFileSync(path.join(EXERCISES, slug, 'tests.ts'), 'utf8');
    // Of other kinds a starter is only where students begin.
    const given = kind === 'order' ? starter : {};
    const ours = own ? privatePrint(path.join(privateFolder, slug)) : null;
    prints.set(slug, JSON.stringify([slug, kind, tests, inOrder(support), inOrder(given), world ?? null, ours]));
  }
  return (slug, files) => {
    const print = prints.get(slug);
    if (print === undefined) throw new Error(`the assignment has no exercise ${slug}`);
    return digest((hash) => hash.update(JSON.stringify([shared, print, inOrder(files)])));
  };
}

function graderPrint(): string {
  return digest((hash) => {
    for (const name of GRADER.flatMap(sourcesOf)) {
      hash.update(JSON.stringify([name, readFileSync(path.join(SOURCES, name), 'utf8')]));
    }
  });
}

function sourcesOf(name: string): string[] {
  if (name.endsWith('.ts')) return [name];
  return readdirSync(path.join(SOURCES, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `${name}/${file.split(path.sep).join('/')}`)
    .sort();
}

function inOrder(files: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

function digest(add: (hash: Hash) => void): string {
  const hash = createHash('sha256');
  add(hash);
  return hash.digest('hex');
}
