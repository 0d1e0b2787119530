/** What `hb new` writes passes `hb check` as it is, for each kind. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { loadCourse } from '../course/load.ts';
import { type Exercise, type ExerciseKind, exerciseKind } from '../course/schema.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import { checkMaterial, type Material } from './check-exercise.ts';
import { TEMPLATES } from './templates.ts';

/** As deep below the project as exercises/T/S: a suite imports the grader by that path. */
const FOLDER = path.resolve(import.meta.dirname, '../../.cache/templates');

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => {
  engine.dispose();
  rmSync(FOLDER, { recursive: true, force: true });
});

async function material(kind: ExerciseKind): Promise<Material> {
  const { exercise: files, solution } = TEMPLATES[kind];
  const listed = { topics: [{ slug: 'locks', title: 'Locks', exercises: [kind] }] };
  const named = Object.entries(files).map(([name, text]): [string, string] => [`locks/${kind}/${name}`, text]);
  const course = loadCourse(new Map([['course.json', JSON.stringify(listed)], ...named]));
  const exercise = course.topics[0]?.exercises[0] as Exercise;
  const folder = path.join(FOLDER, kind);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'tests.ts'), files['tests.ts'] ?? '');
  const { default: suite } = await import(pathToFileURL(path.join(folder, 'tests.ts')).href);
  const { slug, support, starter } = exercise;
  const gradable = { slug, kind, suite, support, starter };
  return { exercise, gradable, answers: new Map(Object.entries(solution)), asItCame: true };
}

test.each(exerciseKind.options)('%s', async (kind) => {
  const results = await checkMaterial(engine, await material(kind));
  expect(results.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(4);
});
