/** Makes the verdicts that more than one kind of exercise needs. */
import type { RunRecord } from '../kernel/types.ts';
import type { Gradable } from './gradable.ts';
import { type Judgement, placeOf } from './judge.ts';
import type { HiddenTest } from './suite.ts';
import type { Failing, Finding, TestReport, Verdict } from './verdict.ts';

/** The answer itself is at fault: nothing was run. */
export function refusal(exercise: Gradable, message: string, hint: string): Verdict {
  const [test] = exercise.suite.tests;
  const name = test?.name ?? exercise.slug;
  const tests: TestReport[] = [{ name, verdict: 'error', proof: 'not run' }];
  return { kind: 'error', tests, test: name, message, hint, schedule: '', at: null, run: null };
}

export function failingOf(test: HiddenTest, { message }: Judgement, run: RunRecord | null): Failing {
  return { message, hint: test.hint, schedule: run?.schedule ?? '', at: run && placeOf(run), run };
}

/** A test failed. `tests` are the reports so far, its own among them. */
export function failure(
  test: HiddenTest,
  tests: readonly TestReport[],
  judged: Judgement,
  run: RunRecord | null,
  findings: readonly Finding[] = [],
): Verdict {
  const failing = failingOf(test, judged, run);
  return { kind: judged.kind, tests, test: test.name, ...failing, ...(findings.length > 0 && { findings }) };
}
