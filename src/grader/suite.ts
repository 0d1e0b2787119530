/** How an author writes a hidden suite: `export default suite([test(...), …])`. */
import type { WorldFile } from '../course/world.ts';
import type { RunRecord, SwitchModel } from '../kernel/types.ts';
import type { Entry } from '../worker/protocol.ts';

export interface TestSpec {
  /** What is run; default: `exercise.py` as a script. */
  readonly entry?: Entry;
  readonly stdin?: string;
  /** Where threads may be preempted; default `every-bytecode`. */
  readonly model?: SwitchModel;
  /** Shown under the failure: one nudge, not the answer. */
  readonly hint: string;
  /** Outcomes other than a normal exit are failures by themselves; true lets `check` see them. */
  readonly anyOutcome?: boolean;
  /** True: `check` looks at `run.trace`, and sees every run of the search, not just one of each result. */
  readonly trace?: boolean;
  /** True: a data race by which something could be lost or seen half done is a failure by itself. About twice as slow. */
  readonly raceFree?: boolean;
  /**
   * At most so many schedules are tried, the calmest first: for a question about one run (how long it takes, how a
   * process ends) that does not depend on who comes first. What is saved the other tests of the exercise have.
   */
  readonly runs?: number;
  /** The machines on which it runs, as `world.json` describes them: default is that file. Its `main` runs the entry. */
  readonly world?: WorldFile;
  /** What may happen to that world: each of these is tried at every moment at which it makes a difference. */
  readonly faults?: Faults;
  /** True: the program may call `gevent.monkey.patch_all()`, which changes the library; nothing else may. */
  readonly mayPatch?: boolean;
  /** Nobody may wait while others take the same thing more often than this. Goes with `trace: true`. */
  readonly fairness?: number;
}

export type Faults = NonNullable<WorldFile['faults']>;

export interface HiddenTest extends TestSpec {
  readonly name: string;
  /** Called for every explored run; throws through `expect` when the run is wrong. In a `break`: until the goal is reached. */
  readonly check: (run: RunRecord) => void;
  /** Set for the one test of a `predict`. */
  readonly predicts?: {
    /** Every schedule with at most so many preemptions is tried. */
    readonly preemptions: number;
    /** The outcome of a run as the answer file spells it. */
    readonly describe: (run: RunRecord) => string;
  };
}

export interface Suite {
  readonly tests: readonly HiddenTest[];
}

export function suite(tests: readonly HiddenTest[]): Suite {
  return { tests };
}

/** One hidden test. `name` is a sentence about the program: "no deposit is lost". */
export function test(name: string, spec: TestSpec, check: (run: RunRecord) => void): HiddenTest {
  return { name, ...spec, check };
}

/** For kind `predict`: `describe` says in one line what a run did, as one of the options in `answer.txt` says it. */
export function prediction(
  name: string,
  { preemptions, ...spec }: TestSpec & { readonly preemptions: number },
  describe: (run: RunRecord) => string,
): HiddenTest {
  return { name, ...spec, check: () => {}, predicts: { preemptions, describe } };
}

/** Calls a function of the learner's file (or of `driver.py`) with JSON values. */
export function call(fn: string, args: readonly unknown[] = [], file = 'exercise.py'): Entry {
  return { kind: 'call', file, function: fn, args };
}
