/** Makes the job that watches a failed test's very run. */
import type { Suite } from '../grader/suite.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import type { RunJob } from './use-runner.ts';

type Files = Readonly<Record<string, string>>;

/** `files` are those that were graded; null when the suite has no such test. */
export function replayJob(suite: Suite, test: string, schedule: string, files: Files, support: Files): RunJob | null {
  const spec = suite.tests.find((candidate) => candidate.name === test);
  if (!spec) return null;
  return {
    program: {
      files: { ...files, ...support },
      entry: spec.entry ?? { kind: 'script', file: 'exercise.py' },
      ...(spec.stdin === undefined ? {} : { stdin: spec.stdin }),
    },
    schedule: { kind: 'replay', schedule },
    options: {
      model: spec.model ?? 'every-bytecode',
      clock: 'virtual',
      trace: true,
      observe: false,
      limits: GRADE_LIMITS,
    },
    interactive: false,
  };
}
