/** Everything that an author wrote: each starter, solution and wrong answer gets exactly the verdict it claims. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import { checkExercise } from './check-exercise.ts';
import { exercisesOf, filesBelow, readCourse, recordedStarters, SOLUTIONS } from './course-files.ts';

const exercises = exercisesOf(readCourse());
let engine: EngineClient;

beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

describe('the course', () => {
  test('has at least ten graded exercises, each with a recorded starter', () => {
    expect(exercises.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(recordedStarters()).sort()).toEqual(exercises.map((exercise) => exercise.slug).sort());
  });

  test('has no solutions of exercises that do not exist', () => {
    const folders = new Set(
      [...filesBelow(SOLUTIONS).keys()].filter((f) => f.includes('/')).map((f) => f.split('/').slice(0, 2).join('/')),
    );
    expect([...folders].sort()).toEqual(exercises.map((exercise) => exercise.slug).sort());
  });
});

describe.each(exercises.map((exercise) => [exercise.slug, exercise] as const))('%s', (_, exercise) => {
  test('starter, solution and wrong answers get their verdicts', async () => {
    const results = await checkExercise(engine, exercise);
    expect(results.filter((result) => result.problem !== null)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(4);
  });
});
