/** Hostile answers, hostile schedules for moves, and what they leave behind: nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { grade } from '../grader/grade.ts';
import { optionsOf, programOf } from '../grader/judge.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import { EXERCISES, HOSTILE } from './answers.ts';
import { probe } from './arena.ts';

let engine: EngineClient;
let clean: string;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
  clean = await probe(engine);
});
afterAll(() => engine.dispose());

test.each(HOSTILE.map((one) => [`${one.to}: ${one.name}`, one] as const))('%s', async (_, { to, files }) => {
  const verdict = await grade(engine, EXERCISES[to], files).done;
  expect(verdict?.kind).not.toBe('passed');
  // A sentence, not a dump of what was sent.
  const said = verdict === null || verdict.kind === 'passed' ? '' : verdict.message;
  expect(said.length).toBeGreaterThan(4);
  expect(said.length).toBeLessThan(500);
  expect(await probe(engine)).toBe(clean);
});

test('break: a schedule of a finer switch model does not reach a coarser one’s goal', async () => {
  const exercise = EXERCISES.coarse;
  const [hidden] = exercise.suite.tests;
  if (!hidden) throw new Error('no test');
  const program = programOf(exercise, hidden, {});
  const moves = [
    { thread: 'MainThread', until: { kind: 'wait' } },
    { thread: 'clerk-1', until: { kind: 'line', line: 6 } },
    { thread: 'clerk-2', until: { kind: 'wait' } },
  ] as const;
  const driven = await engine.drive({
    program,
    options: { ...optionsOf(hidden), model: 'every-bytecode' },
    moves,
    stop: false,
  }).done;
  expect(driven?.record.stdout).toBe('1\n');
  const verdict = await grade(engine, exercise, { 'moves.txt': driven?.record.schedule ?? '' }).done;
  expect(verdict).toMatchObject({ kind: 'error', message: expect.stringContaining('another switch model') });
});
