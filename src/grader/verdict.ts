/** What a grading says. Values, never exceptions: a learner's mistake is data. Types only. */
import type { Place, RunRecord } from '../kernel/types.ts';

export type VerdictKind = 'passed' | 'failed' | 'race' | 'deadlock' | 'livelock' | 'error' | 'limit' | 'unrepeatable';

export interface TestReport {
  readonly name: string;
  readonly verdict: VerdictKind;
  /** What was tried: "round-robin and 200 random schedules". */
  readonly proof: string;
  /** Where every test was asked for (`Gradable.everyTest`): why it failed. */
  readonly failure?: Failing;
}

/** Why a test failed, and how to see it again. */
export interface Failing {
  /** What happened, in the learner's terms. Plain text, possibly several lines. */
  readonly message: string;
  readonly hint: string;
  /** Replays the failing run: `hb run --schedule`, or the page's Replay. Empty if there is none to show. */
  readonly schedule: string;
  readonly at: Place | null;
  /** The failing run: its output and its trace. null if the answer itself is at fault and nothing was run. */
  readonly run: RunRecord | null;
}

/** Something that can happen, and the run that shows it. */
export interface Finding {
  /** The test that it is a run of. */
  readonly test: string;
  /** What happens in it, in the learner's terms. */
  readonly text: string;
  readonly schedule: string;
  readonly run: RunRecord;
}

export type Verdict =
  | {
      readonly kind: 'passed';
      readonly tests: readonly TestReport[];
      /** Where the answer was a run, or outcomes: that run, or one for each. */
      readonly findings?: readonly Finding[];
    }
  | ({
      readonly kind: Exclude<VerdictKind, 'passed'>;
      readonly tests: readonly TestReport[];
      /** The test that failed first: why is said beside. */
      readonly test: string;
      /** Every outcome that the answer missed, each with a run that shows it. */
      readonly findings?: readonly Finding[];
    } & Failing);
