/** What a search costs: to prove, to leave schedules out, to make a failing run small. The same code for Node and Chromium. */
import { optionsOf, programOf } from '../grader/judge.ts';
import { ALL, MINIMISING, type Plan } from '../grader/plans.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Program, RunOptions, SearchPart } from '../worker/protocol.ts';
import type { GradingJob } from './grading-figures.ts';
import { PHILOSOPHERS, THREE_DEPOSITS } from './programs.ts';

export interface SearchFigures {
  /** Milliseconds from the request to the proof that a solution's first test holds, with at most two preemptions. */
  readonly proof: readonly number[];
  /** Runs of that proof. */
  readonly proofRuns: number;
  readonly minimising: Minimising;
}

export interface Minimising {
  readonly ms: readonly number[];
  readonly before: number;
  readonly after: number;
}

export interface Reduction {
  readonly preemptions: number;
  readonly plain: number;
  readonly reduced: number;
  /** Distinct results, the same for both. */
  readonly results: number;
}

const PROVED = 'locks/lost-update';
const TIMES = 5;
/** With 2, plain enumeration of the philosophers takes longer than a benchmark may. */
const PREEMPTIONS = 1;

export async function measureSearch(engine: EngineClient, jobs: readonly GradingJob[]): Promise<SearchFigures> {
  const job = jobs.find(({ gradable }) => gradable.slug === PROVED);
  const test = job?.gradable.suite.tests[0];
  const [plan] = ALL;
  if (!job || !test || !plan) throw new Error(`there is no ${PROVED} to prove`);
  const program = programOf(job.gradable, test, job.files);
  const proof: number[] = [];
  let proofRuns = 0;
  // The first one warms the engine.
  for (let n = 0; n <= TIMES; n++) {
    const started = performance.now();
    const { last } = await search(engine, program, optionsOf(test), plan);
    if (n > 0) proof.push(performance.now() - started);
    if (last.end !== 'complete' || last.inexact || last.unrepeatable)
      throw new Error(`a benchmark's proof is none: ${JSON.stringify(last)}`);
    proofRuns = last.explored;
  }
  return { proof, proofRuns, minimising: await minimise(engine) };
}

/** How many runs the reduced search needs, and how many plain enumeration, which must find the same. */
export async function measureReduction(engine: EngineClient): Promise<Reduction> {
  const both = async (reduced: boolean) => {
    const plan: Plan = {
      strategy: { kind: 'exhaustive', preemptions: PREEMPTIONS, reduced },
      budget: { schedules: 1_000_000, steps: Number.POSITIVE_INFINITY, seconds: null },
      exact: false,
    };
    const results = new Set<string>();
    const { last } = await search(engine, PHILOSOPHERS, OPTIONS, plan, (record) => results.add(resultOf(record)));
    if (last.end !== 'complete' || last.unrepeatable) throw new Error(`a search did not end: ${JSON.stringify(last)}`);
    return { runs: last.explored, results };
  };
  const [reduced, plain] = [await both(true), await both(false)];
  if ([...reduced.results].sort().join('\n') !== [...plain.results].sort().join('\n'))
    throw new Error('the reduced search does not find what plain enumeration finds');
  return { preemptions: PREEMPTIONS, plain: plain.runs, reduced: reduced.runs, results: plain.results.size };
}

const OPTIONS: RunOptions = {
  model: 'every-bytecode',
  clock: 'virtual',
  limits: { steps: 1_000_000, output: 100_000, tasks: 64, processes: 200, memory: 256 * 1024 * 1024, time: 3600 },
  trace: false,
  observe: false,
};

async function search(
  engine: EngineClient,
  program: Program,
  options: RunOptions,
  { strategy, budget, exact }: Plan,
  see: (record: RunRecord) => void = () => {},
): Promise<{ readonly last: SearchPart }> {
  const request = { program, strategy, options, budget, exact, distinct: true, portion: 200 };
  const last = await engine.search(request, (part) => {
    part.records.forEach(see);
    return 200;
  }).done;
  if (!last) throw new Error('a search was stopped');
  return { last };
}

/** A reader's words for it: numbers of locks depend on the order in which they were made, which is no result. */
function resultOf({ outcome, value }: RunRecord): string {
  const end = outcome.kind === 'deadlock' ? outcome.stuck.map(({ task, at }) => [task, at?.line]) : outcome;
  return JSON.stringify([outcome.kind, end, value]);
}

/** Of the first random walks that lose a deposit, the one with the most preemptions. */
async function minimise(engine: EngineClient): Promise<Minimising> {
  const options = { ...OPTIONS, trace: true };
  let worst: RunRecord | null = null;
  for (let seed = 1; seed <= 40; seed++) {
    const run = await engine.run(THREE_DEPOSITS, { kind: 'random', seed }, options, {}, false).done;
    if (run && run.value !== 30 && (!worst || preemptions(run) > preemptions(worst))) worst = run;
  }
  if (!worst) throw new Error('no random walk loses a deposit');
  const { schedule } = worst;
  const ms: number[] = [];
  let after = 0;
  for (let n = 0; n < TIMES; n++) {
    const started = performance.now();
    const job = engine.minimise({ program: THREE_DEPOSITS, schedule, options, budget: MINIMISING });
    const small = (await job.done)?.record;
    ms.push(performance.now() - started);
    if (!small || small.value !== worst.value) throw new Error('a minimised run fails in another way');
    after = preemptions(small);
  }
  return { ms, before: preemptions(worst), after };
}

function preemptions({ trace }: RunRecord): number {
  return trace.events.filter((event) => event.kind === 'switch' && event.preempted).length;
}
