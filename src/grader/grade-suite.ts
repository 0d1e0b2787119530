/** Grades a program: explores each hidden test in a sealed engine and checks every run out here. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Program, RunOptions, ScheduleRequest } from '../worker/protocol.ts';
import type { Files, Gradable, GradeProgress, Grading } from './gradable.ts';
import { type Judgement, judge, optionsOf, programOf } from './judge.ts';
import type { HiddenTest } from './suite.ts';
import type { TestReport, Verdict } from './verdict.ts';
import { failure } from './verdict-of.ts';

/** The seeds of every grading, everywhere: the same source gets the same verdict on any machine. */
const DEFAULT_SEEDS = 200;
/** How many schedules are asked for at a time: few at first, since most mistakes show at once. */
const PORTIONS = [1, 20, 60];

export function gradeSuite(
  engine: EngineClient,
  exercise: Gradable,
  files: Files,
  onProgress: (progress: GradeProgress) => void,
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
    const handle = engine.explore({ program, schedules, options }, (done) => tell(done));
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
      const failed = await one(test);
      if (failed === 'stopped') return null;
      reports.push({ name: test.name, verdict: failed?.kind ?? 'passed', proof: failed?.proof ?? proofOf(test) });
      if (!failed) continue;
      return failure(test, reports, failed, failed.run);
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

interface Failure extends Judgement {
  readonly run: RunRecord;
  readonly proof: string;
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
