/** Grades a program: searches the schedules of each hidden test in a sealed engine and checks every run out here. */
import type { RunRecord } from '../kernel/types.ts';
import { raceSentence } from '../trace/narrate.ts';
import type { EngineClient, Job } from '../worker/client-types.ts';
import type { Budget, Program, RunOptions, SearchPart, Unrepeatable } from '../worker/protocol.ts';
import { countOf } from './count-of.ts';
import { adviceOn, explainUnrepeatable } from './explain-unrepeatable.ts';
import type { Files, Gradable, GradeProgress, Grading } from './gradable.ts';
import { type Judgement, judge, optionsOf, programOf } from './judge.ts';
import {
  ALL,
  exactly,
  MINIMISING,
  momentsBy,
  onMachines,
  type Plan,
  provedBy,
  REPLAYING,
  sampledBy,
  tuned,
} from './plans.ts';
import type { HiddenTest } from './suite.ts';
import type { TestReport, Verdict } from './verdict.ts';
import { failingOf, failure } from './verdict-of.ts';

/** How many schedules are asked for at a time: few at first, since most mistakes show at once. */
const PORTIONS = [1, 20, 200];
/** The same where each run takes its time. */
const EXACT_PORTIONS = [1, 20];

/** A test that failed, or whose program does not repeat itself. */
interface Failure extends Judgement {
  readonly run: RunRecord | null;
  /** If the test's own is beside the point. */
  readonly hint?: string;
  readonly proof: string;
}

/** What came of following one plan. */
type Followed =
  | { readonly is: 'failed'; readonly failure: Failure }
  /** No run was wrong. */
  | { readonly is: 'covered'; readonly end: SearchPart }
  /** What the program did in its runs before decides what it does: it has to start from nothing each time. */
  | { readonly is: 'stateful'; readonly why: Unrepeatable | null }
  | { readonly is: 'stopped' };

export function gradeSuite(
  engine: EngineClient,
  exercise: Gradable,
  files: Files,
  onProgress: (progress: GradeProgress) => void,
): Grading {
  let halt: () => void = () => {};
  let stopped = false;
  /** Of each plan's budget. */
  const unspent = new Map<string, Budget>();
  /** What the searches of tests that passed have seen: another test of the same program need not search again. */
  const seen = new Map<string, { readonly results: readonly RunRecord[]; readonly proof: string }>();
  const follow = <T>(job: Job<T>): Promise<T | null> => {
    halt = job.stop;
    if (stopped) job.stop();
    return job.done;
  };

  async function all(): Promise<Verdict | null> {
    const reports: TestReport[] = [];
    let first: Verdict | null = null;
    for (const test of exercise.suite.tests) {
      const graded = await one(test);
      if (!graded) return null;
      const { name } = test;
      const { proof } = graded;
      if (!('kind' in graded)) {
        reports.push({ name, verdict: 'passed', proof });
        continue;
      }
      const hinted = graded.hint ? { ...test, hint: graded.hint } : test;
      const why = exercise.everyTest && { failure: failingOf(hinted, graded, graded.run) };
      reports.push({ name, verdict: graded.kind, proof, ...why });
      first ??= failure(hinted, reports, graded, graded.run);
      if (!exercise.everyTest) break;
    }
    return first ?? { kind: 'passed', tests: reports };
  }

  async function one(test: HiddenTest): Promise<Failure | { readonly proof: string } | null> {
    const program = programOf(exercise, test, files);
    const options = optionsOf(test);
    const { world } = program;
    const plans = [...(exercise.plans ?? (world ? onMachines(world.faults !== undefined) : ALL))];
    const what = JSON.stringify([program.entry, program.stdin, program.world, options]);
    const before = test.trace ? undefined : seen.get(what);
    if (before?.results.every((run) => judge(test, run) === null)) return { proof: before.proof };
    const results: RunRecord[] = [];
    const passed = (proof: string) => {
      // An engine that has shown no run has proved nothing, whatever it says.
      if (results.length === 0) throw new Error(`the engine showed no run of the test "${test.name}"`);
      seen.set(what, { results, proof });
      return { proof };
    };
    let tried = 0;
    let covered = -1;
    let moments = '';
    for (let plan = plans.shift(); plan; plan = plans.shift()) {
      const followed = await pursue(test, program, options, plan, tried, results);
      if (followed.is === 'stopped') return null;
      if (followed.is === 'failed') return followed.failure;
      if (followed.is === 'stateful') {
        if (plan.exact) return { ...unrepeatable(followed.why), proof: `after ${countOf(tried + 1, 'schedule')}` };
        plans.splice(0, plans.length, ...exactly([plan, ...plans]));
        continue;
      }
      const { end } = followed;
      if (end.end === 'complete' && !end.inexact && plan.strategy.kind === 'exhaustive') return passed(provedBy(end));
      const everyMoment = plan.strategy.kind === 'delays' && plan.strategy.delays === 0 && end.end === 'complete';
      if (everyMoment) moments = momentsBy(end.explored);
      else tried += end.explored;
      if (!end.inexact) covered = Math.max(covered, end.covered);
      if (test.runs !== undefined) break;
      // Whoever tries every schedule with one preemption leaves round-robin once, too.
      while (covered > 0 && plans[0]?.strategy.kind === 'delays') plans.shift();
    }
    return passed([moments, moments && tried === 0 ? '' : sampledBy(tried, covered)].filter(Boolean).join('; '));
  }

  /** Searches as planned until a run is wrong. */
  async function pursue(
    test: HiddenTest,
    program: Program,
    options: RunOptions,
    plan: Plan,
    before: number,
    results: RunRecord[],
  ): Promise<Followed> {
    const { strategy, exact, budget: planned, patience = Number.POSITIVE_INFINITY } = tuned(plan, exercise.tuning);
    const portions = exact ? EXACT_PORTIONS : PORTIONS;
    // An exercise of many tests does not take many times as long: they share the steps, and what one leaves the next have.
    // With exact resets it is each run that takes its time: they share those too.
    const kind = `${strategy.kind} ${exact}`;
    const left = unspent.get(kind) ?? planned;
    const { tests } = exercise.suite;
    const share = 1 + tests.slice(tests.indexOf(test) + 1).filter(({ runs }) => runs === undefined).length;
    const schedules = exact ? Math.ceil(left.schedules / share) : planned.schedules;
    const budget: Budget =
      test.runs === undefined
        ? { ...planned, steps: Math.max(1, left.steps / share), schedules }
        : { ...planned, schedules: test.runs };
    let wrong: RunRecord | null = null;
    const request = {
      program,
      strategy,
      options,
      budget,
      exact,
      distinct: !test.trace,
      portion: portions[0] as number,
    };
    const tell = (done: number) => onProgress({ test: test.name, done: before + done });
    const search = engine.search(
      request,
      (part) => {
        tell(part.explored);
        results.push(...part.records);
        wrong = part.records.find((record) => judge(test, record) !== null) ?? null;
        if (wrong || (part.covered < 0 && part.explored >= patience)) return 0;
        return portions.find((size) => size > part.explored) ?? (portions.at(-1) as number);
      },
      tell,
    );
    const end = await follow(search);
    if (!end) return { is: 'stopped' };
    unspent.set(kind, {
      ...left,
      steps: Math.max(0, left.steps - end.steps),
      schedules: Math.max(1, left.schedules - end.explored),
    });
    if (wrong) return confirm(test, program, options, wrong, before + end.explored);
    if (!end.unrepeatable) return { is: 'covered', end };
    if (end.unrepeatable.cause === 'earlier runs') return { is: 'stateful', why: end.unrepeatable };
    const proof = `after ${countOf(before + end.explored, 'schedule')}`;
    return { is: 'failed', failure: { ...unrepeatable(end.unrepeatable), proof } };
  }

  /** Only what replays from an exact reset is shown, and of that the smallest run that fails in the same way. */
  async function confirm(
    test: HiddenTest,
    program: Program,
    options: RunOptions,
    record: RunRecord,
    explored: number,
  ): Promise<Followed> {
    const judged = judge(test, record) as Judgement;
    const found = explored === 1 ? 'with the first schedule' : `found within ${countOf(explored, 'schedule')}`;
    // A run that had to be destroyed has no schedule; the judgement on one that changed Python itself needs none.
    if (record.schedule === '') return { is: 'failed', failure: { ...judged, run: record, proof: found } };
    const endless = record.outcome.kind === 'limit' || record.outcome.kind === 'livelock';
    // At every bytecode, to observe a run changes nothing of it.
    const observe = options.observe || (options.model === 'every-bytecode' && !endless);
    const traced = { ...options, trace: true, observe };
    // Nothing is smaller than round-robin; what a trace shows is not a result that the engine could compare.
    const asItIs = explored === 1 || test.trace || endless;
    const budget = asItIs ? REPLAYING : MINIMISING;
    const request = { program, schedule: record.schedule, options: traced, budget };
    const smallest = await follow(engine.minimise(request));
    if (!smallest) return { is: 'stopped' };
    const { record: run, unrepeatable } = smallest;
    const again = run && withRace(judge(test, run), run);
    return again ? { is: 'failed', failure: { ...again, run, proof: found } } : { is: 'stateful', why: unrepeatable };
  }

  return {
    done: all(),
    stop() {
      stopped = true;
      halt();
    },
  };
}

/** What went wrong, and the data race behind it if there is one. */
function withRace(judged: Judgement | null, { races = [], trace }: RunRecord): Judgement | null {
  const race = judged?.kind === 'failed' && races.find(({ kind }) => kind === 'lost-update');
  return race ? { ...judged, message: `${judged.message}\n${raceSentence(race, trace)}` } : judged;
}

function unrepeatable(why: Unrepeatable | null): Omit<Failure, 'proof'> {
  return { kind: 'unrepeatable', message: explainUnrepeatable(why), hint: adviceOn(why), run: null };
}
