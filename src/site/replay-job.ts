/** Makes the job that watches the very run which a verdict names. */
import type { Gradable } from '../grader/gradable.ts';
import { optionsOf, programOf } from '../grader/judge.ts';
import type { RunJob } from './use-runner.ts';

/** `files` are those that were graded; null when the suite has no such test. */
export function replayJob(
  exercise: Pick<Gradable, 'kind' | 'support' | 'suite' | 'world'>,
  test: string,
  schedule: string,
  files: Readonly<Record<string, string>>,
): RunJob | null {
  const spec = exercise.suite.tests.find((candidate) => candidate.name === test);
  if (!spec) return null;
  return {
    program: programOf(exercise, spec, files),
    schedule: { kind: 'replay', schedule },
    // What is watched changes nothing: a schedule says itself whether its run was observed.
    options: { ...optionsOf(spec), trace: true, observe: true },
    interactive: false,
  };
}
