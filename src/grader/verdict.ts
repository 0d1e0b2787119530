/** What a grading says. Values, never exceptions: a learner's mistake is data. Types only. */
import type { Place, RunRecord } from '../kernel/types.ts';

export type VerdictKind = 'passed' | 'failed' | 'race' | 'deadlock' | 'livelock' | 'error' | 'limit';

export interface TestReport {
  readonly name: string;
  readonly verdict: VerdictKind;
  /** What was tried: "round-robin and 200 random schedules". */
  readonly proof: string;
}

export type Verdict =
  | { readonly kind: 'passed'; readonly tests: readonly TestReport[] }
  | {
      readonly kind: Exclude<VerdictKind, 'passed'>;
      readonly tests: readonly TestReport[];
      /** The test that failed first. */
      readonly test: string;
      /** What happened, in the learner's terms. Plain text, possibly several lines. */
      readonly message: string;
      readonly hint: string;
      /** Replays the failing run: `hb run --schedule`, or the page's Replay. */
      readonly schedule: string;
      readonly at: Place | null;
      /** The failing run: its output and its trace. */
      readonly run: RunRecord;
    };
