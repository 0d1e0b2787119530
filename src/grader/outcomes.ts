/** Kind `predict`: all outcomes that a program can have, each with a run that shows it, by trying every schedule. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Budget, Strategy } from '../worker/protocol.ts';
import { countOf } from './count-of.ts';
import { explainUnrepeatable } from './explain-unrepeatable.ts';
import type { Gradable } from './gradable.ts';
import { optionsOf, programOf } from './judge.ts';
import { provedBy } from './plans.ts';
import type { HiddenTest } from './suite.ts';

export interface Outcomes {
  /** The outcome as the options spell it, and the first run that had it. */
  readonly runs: ReadonlyMap<string, RunRecord>;
  /** What the search covered: "proved for every schedule with at most 2 preemptions: 214 runs cover them all". */
  readonly proof: string;
  /** Of what an outcome that was not found is no outcome: "schedule with at most 2 preemptions". */
  readonly scope: string;
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
  if (!predicts) throw new Unpredictable(`${exercise.slug}: "${test.name}" is not a prediction(…).`);
  const { preemptions, describe } = predicts;
  const strategy: Strategy = { kind: 'exhaustive', preemptions, reduced: true };
  let stop = () => {};
  const searched = async (exact: boolean): Promise<Outcomes | null> => {
    const runs = new Map<string, RunRecord>();
    const handle = engine.search(
      {
        strategy,
        budget: BUDGET,
        exact,
        program: programOf(exercise, test, {}),
        options: optionsOf(test),
        distinct: !test.trace,
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
    stop = handle.stop;
    const last = await handle.done;
    if (!last) return null;
    const { end, unrepeatable, inexact, unbounded } = last;
    // Processes are copied, and what they leave behind is put back, between exact resets only.
    if (unrepeatable?.cause === 'earlier runs' && !exact) return searched(true);
    if (unrepeatable) throw new Unpredictable(`${exercise.slug}: ${explainUnrepeatable(unrepeatable)}`);
    if (end !== 'complete')
      throw new Unpredictable(`${exercise.slug}: too large, the search ended at its bound of ${end}.`);
    if (inexact) throw new Unpredictable(`${exercise.slug}: runs so long that its clock depends on the schedule.`);
    const scope = unbounded ? 'schedule' : `schedule with at most ${countOf(preemptions, 'preemption')}`;
    return { runs, scope, proof: provedBy(last) };
  };
  return { done: searched(false), stop: () => stop() };
}
