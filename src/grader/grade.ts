/** (exercise, source) → Verdict: the one entry to grading, whatever kind of exercise it is. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Files, Gradable, GradeProgress, Grading } from './gradable.ts';
import { gradeBreak } from './grade-break.ts';
import { gradeOrder } from './grade-order.ts';
import { gradePredict } from './grade-predict.ts';
import { gradeSuite } from './grade-suite.ts';
import { judge, optionsOf, programOf } from './judge.ts';

export type { Gradable, GradeProgress, Grading } from './gradable.ts';

const GRADERS = { write: gradeSuite, fix: gradeSuite, break: gradeBreak, predict: gradePredict, order: gradeOrder };

/** `files`: the learner's, by name. */
export function grade(
  engine: EngineClient,
  exercise: Gradable,
  files: Files,
  onProgress: (progress: GradeProgress) => void = () => {},
): Grading {
  return GRADERS[exercise.kind](engine, exercise, files, onProgress);
}

/**
 * Runs a schedule that a verdict named, on whichever test of the suite it was recorded for.
 * Rejects with the engine's reason if it fits none.
 */
export async function replay(
  engine: EngineClient,
  exercise: Gradable,
  files: Files,
  schedule: string,
): Promise<{ test: string; run: RunRecord; problem: string | null }> {
  let refusal: unknown = new Error('this exercise has no tests');
  for (const test of exercise.suite.tests) {
    try {
      const request = { kind: 'replay', schedule } as const;
      const run = await engine.run(programOf(exercise, test, files), request, optionsOf(test), {}, false).done;
      if (run) return { test: test.name, run, problem: judge(test, run)?.message ?? null };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
