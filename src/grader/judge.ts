/** One run of a hidden test: which program it is, how it is run, and what is wrong with it. */
import { worldOf } from '../course/complete-world.ts';
import type { RunRecord } from '../kernel/types.ts';
import { raceSentence } from '../trace/narrate.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import type { Entry, Program, RunOptions } from '../worker/protocol.ts';
import { Unmet } from './expect.ts';
import { explainOutcome } from './explain.ts';
import { explainStarved, mostStarved } from './fairness.ts';
import type { Files, Gradable } from './gradable.ts';
import type { HiddenTest } from './suite.ts';
import type { VerdictKind } from './verdict.ts';

export interface Judgement {
  readonly kind: Exclude<VerdictKind, 'passed'>;
  readonly message: string;
}

/** What is wrong with a run, or null. */
export function judge(test: HiddenTest, run: RunRecord): Judgement | null {
  const { outcome } = run;
  if (run.tampered !== undefined && !(test.mayPatch && run.tampered === 'gevent.monkey')) {
    const message = `The program changes ${run.tampered}. What it does then says nothing: the tests need Python as it is.`;
    return { kind: 'error', message };
  }
  if (!test.anyOutcome) {
    if (outcome.kind === 'deadlock') return { kind: 'deadlock', message: explainOutcome(run) };
    if (outcome.kind === 'limit') return { kind: 'limit', message: explainOutcome(run) };
    if (outcome.kind === 'exception') return { kind: 'error', message: explainOutcome(run) };
    if (outcome.kind === 'livelock') return { kind: 'livelock', message: explainOutcome(run) };
    if (outcome.kind === 'exit' && outcome.code !== 0) return { kind: 'error', message: explainOutcome(run) };
    if (test.entry?.kind === 'call' && run.value === undefined) {
      return { kind: 'error', message: `The program ended before ${test.entry.function}() returned.` };
    }
  }
  const starved = test.fairness === undefined ? null : mostStarved(run);
  if (starved && starved.times > (test.fairness ?? 0)) return { kind: 'failed', message: explainStarved(starved, run) };
  const race = test.raceFree && run.races?.find(({ kind }) => kind !== 'atomic');
  if (race) return { kind: 'race', message: raceSentence(race, run.trace) };
  try {
    test.check(test.trace ? run : untraced(test, run));
    return null;
  } catch (error) {
    if (error instanceof Unmet) return { kind: 'failed', message: error.message };
    throw error;
  }
}

/** The run for a check that is not said to look at the trace: it might not be recorded, or not be of every run. */
function untraced(test: HiddenTest, run: RunRecord): RunRecord {
  return Object.defineProperty({ ...run }, 'trace', {
    get(): never {
      throw new Error(`the test "${test.name}" looks at the trace: it has to say "trace: true"`);
    },
  });
}

/** The program that a test runs: the learner's files, and over them those that came with the exercise. */
export function programOf(
  { kind, support, world }: Pick<Gradable, 'kind' | 'support' | 'world'>,
  test: HiddenTest,
  files: Files,
): Program {
  // Nor does a package: Python would prefer `driver/__init__.py` to `driver.py`.
  const shadows = Object.keys(support).map((path) => path.replace(/\.py$/, '/'));
  const own = Object.entries(files).filter(([path]) => !shadows.some((folder) => path.startsWith(folder)));
  // Moves and options are not part of the program: its schedules fit whatever the answer says.
  const learners = kind === 'break' || kind === 'predict' ? {} : Object.fromEntries(own);
  // The exercise's own files last: a learner's file called driver.py replaces nothing.
  const all = { ...learners, ...support };
  const machines = test.world ?? world;
  const { faults } = test;
  const one: Entry = { kind: 'script', file: 'exercise.py' };
  return {
    files: all,
    entry: test.entry ?? (machines ? { kind: 'terminals' } : one),
    stdin: test.stdin ?? '',
    ...(machines && { world: worldOf('world.json', { ...machines, ...(faults && { faults }) }, all) }),
  };
}

export function optionsOf(test: HiddenTest): RunOptions {
  return {
    model: test.model ?? 'every-bytecode',
    clock: 'virtual',
    limits: GRADE_LIMITS,
    trace: test.trace ?? false,
    // Without that, nobody knows which lock is part of what.
    observe: test.raceFree === true || test.fairness !== undefined,
  };
}

export function placeOf(run: RunRecord) {
  return run.outcome.kind === 'exception' ? run.outcome.at : null;
}
