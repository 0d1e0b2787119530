/** (exercise, source) → Verdict: explores each hidden test's program in a sealed engine and checks every run out here. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import type { Program, RunOptions, ScheduleRequest } from '../worker/protocol.ts';
import { Unmet } from './expect.ts';
import { explainOutcome } from './explain.ts';
import type { HiddenTest, Suite } from './suite.ts';
import type { TestReport, Verdict, VerdictKind } from './verdict.ts';

export interface Gradable {
  readonly slug: string;
  readonly suite: Suite;
  /** Files that come with the exercise and are not the learner's: `driver.py`. */
  readonly support: Readonly<Record<string, string>>;
}

export interface GradeProgress {
  readonly test: string;
  readonly done: number;
  readonly of: number;
}

export interface Grading {
  /** null when stopped. Rejects only if the engine itself is broken. */
  readonly done: Promise<Verdict | null>;
  stop(): void;
}

/** The seeds of every grading, everywhere: the same source gets the same verdict on any machine. */
const DEFAULT_SEEDS = 200;
/** How many schedules are asked for at a time: few at first, since most mistakes show at once. */
const PORTIONS = [1, 20, 60];

export function grade(
  engine: EngineClient,
  exercise: Gradable,
  files: Readonly<Record<string, string>>,
  onProgress: (progress: GradeProgress) => void = () => {},
): Grading {
  let halt: () => void = () => {};
  let stopped = false;
  const explore = async (
    program: Program,
    schedules: ScheduleRequest[],
    options: RunOptions,
    tell: (done: number) => void,
  ) => {
    if (stopped) return null;
    const handle = (engine as any).explore({ program, schedules, options }, (done) => tell(done));
    halt = handle.stop;
    return handle.done;
  };
  const again = async (program: Program, schedule: ScheduleRequest, options: RunOptions) => {
    if (stopped) return null;
    const handle = engine.run(program, schedule, options, {}, false);
    halt = handle.stop;
    return handle.done;
  };

  async function all(): Promise<Verdict | null> {
    const reports: TestReport[] = [];
    for (const test of exercise.suite.tests) {
      const failure = await one(test);
      if (failure === 'stopped') return null;
      reports.push({ name: test.name, verdict: failure?.kind ?? 'passed', proof: failure?.proof ?? proofOf(test) });
      if (!failure) continue;
      const { run } = failure;
      return {
        kind: failure.kind,
        tests: reports,
        test: test.name,
        message: failure.message,
        hint: test.hint,
        schedule: run.schedule,
        at: placeOf(run),
        run,
      };
    }
    return { kind: 'passed', tests: reports };
  }

  async function one(test: HiddenTest): Promise<Failure | 'stopped' | null> {
    const program = programOf(exercise, test, files);
    const options = optionsOf(test);
    const schedules = schedulesOf(test);
    let done = 0;
    while (done < schedules.length) {
      const portion = schedules.slice(done, done + (PORTIONS.find((size) => size > done) ?? 60));
      const base = done;
      const records = await explore(program, portion, options, (n) =>
        onProgress({ test: test.name, done: base + n, of: schedules.length }),
      );
      if (!records) return 'stopped';
      for (const [i, record] of records.entries()) {
        const judged = judge(test, record);
        if (!judged) continue;
        const confirmed = await confirm(test, program, portion[i] as ScheduleRequest, options, record);
        if (confirmed === 'stopped') return 'stopped';
        if (confirmed) return { ...confirmed, proof: foundAt(base + i, record) };
        // Run after run without a full reset, this program behaves differently: it keeps something between its runs.
        return slowly(test, program, schedules, options);
      }
      done += portion.length;
      onProgress({ test: test.name, done, of: schedules.length });
    }
    return null;
  }

  /** Repeats a failing run from an exact reset: only what replays is shown. */
  async function confirm(
    test: HiddenTest,
    program: Program,
    schedule: ScheduleRequest,
    options: RunOptions,
    record: RunRecord,
  ) {
    if (record.schedule === '') return { ...(judge(test, record) as Judgement), run: record };
    const run = await again(program, schedule, options);
    if (!run) return 'stopped';
    const judged = judge(test, run);
    return judged && { ...judged, run };
  }

  async function slowly(test: HiddenTest, program: Program, schedules: ScheduleRequest[], options: RunOptions) {
    for (const [i, schedule] of schedules.entries()) {
      const run = await again(program, schedule, options);
      if (!run) return 'stopped';
      onProgress({ test: test.name, done: i + 1, of: schedules.length });
      const judged = judge(test, run);
      if (judged) return { ...judged, run, proof: foundAt(i, run) };
    }
    return null;
  }

  return {
    done: all(),
    stop() {
      stopped = true;
      halt();
    },
  };
}

/**
 * Runs a schedule that a verdict named, on whichever test of the suite it was recorded for.
 * Rejects with the engine's reason if it fits none.
 */
export async function replay(
  engine: EngineClient,
  exercise: Gradable,
  files: Readonly<Record<string, string>>,
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

interface Judgement {
  readonly kind: Exclude<VerdictKind, 'passed'>;
  readonly message: string;
}

interface Failure extends Judgement {
  readonly run: RunRecord;
  readonly proof: string;
}

/** What is wrong with a run, or null. */
function judge(test: HiddenTest, run: RunRecord): Judgement | null {
  const { outcome } = run;
  if (run.tampered !== undefined) {
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
  try {
    test.check(run);
    return null;
  } catch (error) {
    if (error instanceof Unmet) return { kind: 'failed', message: error.message };
    throw error;
  }
}

function programOf(exercise: Gradable, test: HiddenTest, files: Readonly<Record<string, string>>): Program {
  // Nor does a package: Python would prefer `driver/__init__.py` to `driver.py`.
  const shadows = Object.keys(exercise.support).map((path) => path.replace(/\.py$/, '/'));
  const own = Object.entries(files).filter(([path]) => !shadows.some((folder) => path.startsWith(folder)));
  return {
    // The exercise's own files last: a learner's file called driver.py replaces nothing.
    files: { ...Object.fromEntries(own), ...exercise.support },
    entry: test.entry ?? { kind: 'script', file: 'exercise.py' },
    stdin: test.stdin ?? '',
  };
}

function optionsOf(test: HiddenTest): RunOptions {
  return { model: test.model ?? 'every-bytecode', clock: 'virtual', limits: GRADE_LIMITS, trace: true, observe: false };
}

function schedulesOf(test: HiddenTest): ScheduleRequest[] {
  const seeds = Array.from(
    { length: test.seeds ?? DEFAULT_SEEDS },
    (_, i) => ({ kind: 'random', seed: i + 1 }) as const,
  );
  return [{ kind: 'round-robin' }, ...seeds];
}

function proofOf(test: HiddenTest): string {
  const seeds = test.seeds ?? DEFAULT_SEEDS;
  return seeds === 0 ? 'round-robin' : `round-robin and ${seeds} random schedules`;
}

function foundAt(index: number, run: RunRecord): string {
  return index === 0
    ? 'with round-robin'
    : `with ${run.name}, after ${index} ${index === 1 ? 'schedule' : 'schedules'}`;
}

function placeOf(run: RunRecord) {
  return run.outcome.kind === 'exception' ? run.outcome.at : null;
}
