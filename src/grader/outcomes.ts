/** Kind `predict`: all outcomes that a program can have, each with a run that shows it, by trying every schedule. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Budget } from '../worker/protocol.ts';
import type { Gradable } from './gradable.ts';
import { optionsOf, programOf } from './judge.ts';
import type { HiddenTest } from './suite.ts';

export interface Outcomes {
  /** The outcome as the options spell it, and the first run that had it. */
  readonly runs: ReadonlyMap<string, RunRecord>;
  /** Schedules tried. */
  readonly explored: number;
  /** What the search covered: "all 214 schedules with at most 2 preemptions". */
  readonly proof: string;
}

/** The outcomes cannot all be known, or do not fit the exercise: its author's fault, which `hb check` reports. */
export class Unpredictable extends Error {}

/** Enough for every program small enough to be predicted; the same everywhere, hence no seconds. */
const BUDGET: Budget = { schedules: 20_000, steps: 20_000_000, seconds: null };
const PORTION = 200;

export interface Enumeration {
  /** null when stopped. Rejects if the outcomes cannot all be known. */
  readonly done: Promise<Outcomes | null>;
  stop(): void;
}

export function enumerate(
  engine: EngineClient,
  exercise: Gradable,
  test: HiddenTest,
  onProgress: (explored: number) => void = () => {},
): Enumeration {
  const { predicts } = test;
  if (!predicts) throw new Unpredictable(`${exercise.slug}: "${test.name}" is not a prediction(…)`);
  const { preemptions, describe } = predicts;
  const runs = new Map<string, RunRecord>();
  const handle = engine.search(
    {
      program: programOf(exercise, test, {}),
      strategy: { kind: 'exhaustive', preemptions, reduced: true },
      options: optionsOf(test),
      budget: BUDGET,
      distinct: !test.trace,
      exact: false,
      portion: PORTION,
    },
    (part) => {
      for (const record of part.records) {
        const text = describe(record).trim();
        if (!runs.has(text)) runs.set(text, record);
      }
      onProgress(part.explored);
      return PORTION;
    },
  );
  const done = handle.done.then((last) => {
    if (!last) return null;
    const { end, unrepeatable, explored } = last;
    if (unrepeatable)
      throw new Unpredictable(`${exercise.slug}: the program does not do the same under the same schedule`);
    if (end !== 'complete')
      throw new Unpredictable(`${exercise.slug}: too large, the search ended at its bound of ${end}`);
    const bound = preemptions === 1 ? '1 preemption' : `${preemptions} preemptions`;
    return { runs, explored, proof: `all ${explored} schedules with at most ${bound}` };
  });
  return { done, stop: handle.stop };
}
