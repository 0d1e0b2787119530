/** Runs one test file class by class; a test that ends its run (deadlock, limit) is blamed alone, and the rest go on. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';

export interface Result {
  readonly id: string;
  readonly how: 'pass' | 'fail' | 'skip';
  /** A traceback, a skip's reason, or how the run ended. */
  readonly why: string;
}

type Answer =
  | { readonly tests: readonly string[] }
  | { readonly begin: string }
  | { readonly end: string; readonly how: Result['how']; readonly why: string }
  | { readonly around: string; readonly how: 'fail' | 'skip'; readonly why: string }
  | { readonly done: true };

/** Wall seconds for one class, and for one test alone: a hundred times what most need. */
const BUDGET = 180;
/** Virtual seconds: CPython's own tests wait for minutes at most. */
const LIMITS = { ...RUN_LIMITS, time: 3600, steps: 100_000_000 };
const MARK = '\x1e';

interface Run {
  readonly answers: readonly Answer[];
  /** How it ended, for a reader. */
  readonly end: string;
  readonly stderr: string;
}

async function run(engine: EngineClient, files: Record<string, Uint8Array>, args: readonly string[]): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const output = (fd: 1 | 2, text: string) => {
    if (fd === 1) stdout += text;
    else stderr += text;
  };
  const program = { files, entry: { kind: 'script', file: 'run_tests.py', args } as const };
  const handle = engine.run(program, { kind: 'round-robin' }, { limits: LIMITS, trace: false }, { output }, false);
  const timer = setTimeout(() => handle.stop(), BUDGET * 1000);
  let end: string;
  try {
    end = ending(await handle.done);
  } catch (error) {
    end = `the engine broke: ${error instanceof Error ? error.message : error}`;
  } finally {
    clearTimeout(timer);
  }
  const answers = stdout.split('\n').filter((line) => line.startsWith(MARK));
  return { answers: answers.map((line) => JSON.parse(line.slice(1)) as Answer), end, stderr };
}

function ending(record: RunRecord | null): string {
  if (!record) return `stopped after ${BUDGET} s`;
  const { outcome } = record;
  if (outcome.kind === 'exit') return outcome.code === 0 ? 'exit' : `exit code ${outcome.code}`;
  if (outcome.kind === 'exception') return `${outcome.type}: ${outcome.message}`;
  if (outcome.kind === 'limit') return `limit: ${outcome.limit}`;
  if (outcome.kind !== 'deadlock') return outcome.kind;
  return `deadlock: ${outcome.stuck.map(({ task, waiting, at }) => `task ${task} on ${waiting.on} at ${at?.file}:${at?.line}`).join('; ')}`;
}

export async function list(
  engine: EngineClient,
  files: Record<string, Uint8Array>,
  module: string,
): Promise<readonly string[]> {
  const { answers, end, stderr } = await run(engine, files, [`test.${module}`]);
  const tests = answers.find((answer) => 'tests' in answer)?.tests;
  if (!tests) throw new Error(`${module} cannot be loaded (${end}):\n${stderr}`);
  return tests;
}

/** Runs these tests, which are of one class, in as few runs as it takes. */
export async function runClass(
  engine: EngineClient,
  files: Record<string, Uint8Array>,
  module: string,
  ids: readonly string[],
): Promise<Result[]> {
  const results: Result[] = [];
  let pending = [...ids];
  const settle = (result: Result) => {
    results.push(result);
    pending = pending.filter((id) => id !== result.id);
  };
  while (pending.length > 0) {
    const asked = pending;
    const { answers, end, stderr } = await run(engine, files, [`test.${module}`, ...asked]);
    let open: string | undefined;
    for (const answer of answers) {
      if ('begin' in answer) open = answer.begin;
      if ('end' in answer) {
        settle({ id: answer.end, how: answer.how, why: answer.why });
        open = undefined;
      }
    }
    const around = answers.find((answer) => 'around' in answer);
    const done = answers.some((answer) => 'done' in answer);
    if (done) {
      // What has no answer was never begun: its class or module could not be set up.
      for (const id of pending) settle({ id, how: around?.how ?? 'fail', why: around?.why ?? 'it was not run' });
      if (end !== 'exit')
        results.push({
          id: `${asked[0]?.slice(0, asked[0].lastIndexOf('.'))}.(end)`,
          how: 'fail',
          why: `${end}\n${stderr}`,
        });
    } else if (asked.length === 1) {
      settle({ id: asked[0] as string, how: 'fail', why: `${end}\n${stderr}` });
    } else if (open !== undefined) {
      // Once more alone: perhaps an earlier test left it a thread to stumble over.
      results.push(...(await runClass(engine, files, module, [open])));
      pending = pending.filter((id) => id !== open);
    } else {
      for (const id of pending) results.push(...(await runClass(engine, files, module, [id])));
      pending = [];
    }
  }
  return results;
}
