/**
 * `npm run conformance -- [MODULE | MODULE.CLASS | MODULE.CLASS.TEST]… [-v] [-j ENGINES]`: CPython's own test files for
 * threads, processes, files and sockets, in the sandbox. Fails if a test that is not listed in expected/ does not pass, or
 * one that is does.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import { EXPECTED, SKIPPED } from './expected/index.ts';
import { list, type Result, runClass } from './run-module.ts';
import { filesFor, INSTALLED, isInstalled, MODULES } from './suite.ts';

const RUNNER = fileURLToPath(new URL('run_tests.py', import.meta.url));

type Judgement = 'passed' | 'listed' | 'failed';
interface Judged extends Result {
  readonly judgement: Judgement;
  /** What in expected/ covers it. */
  readonly key: string | undefined;
}

/** Tests of one class, which are run together. */
interface Job {
  readonly module: string;
  readonly files: Record<string, Uint8Array>;
  readonly ids: readonly string[];
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { verbose: { type: 'boolean', short: 'v' }, jobs: { type: 'string', short: 'j' } },
    allowPositionals: true,
  });
  if (!isInstalled()) {
    console.log(`conformance: skipped, there is no ${INSTALLED}. To have it: apt-get install libpython3.11-testsuite`);
    return 0;
  }
  const isUnder = (id: string, part: string) => id === part || id.startsWith(`${part}.`);
  const wanted = (id: string) => positionals.length === 0 || positionals.some((part) => isUnder(id, part));
  const folder = await buildEngine(console.log);
  const engines = Array.from({ length: Number(values.jobs ?? Math.min(availableParallelism(), 4)) }, () =>
    createNodeEngine(folder),
  );
  const all: Judged[] = [];
  console.log(row('test file', 'passed', 'listed', 'failed'));
  for (const module of MODULES) {
    if (positionals.length > 0 && !positionals.some((part) => isUnder(part, module.name) || isUnder(module.name, part)))
      continue;
    const files = filesFor(module, RUNNER);
    const ids = (await list(engines[0] as EngineClient, files, module.name)).filter(
      (id) => !module.without?.ids.test(id) && wanted(short(id)),
    );
    const jobs = [...Map.groupBy(ids, parent).values()].map((tests) => ({ module: module.name, files, ids: tests }));
    const results = (await work(engines, jobs)).map(judge);
    console.log(row(module.name, ...count(results)));
    for (const result of results.filter(({ judgement }) => values.verbose || judgement === 'failed')) tell(result);
    all.push(...results);
  }
  for (const engine of engines) engine.dispose();
  const used = new Set(all.map(({ key }) => key));
  const stale = positionals.length > 0 ? [] : [...Object.keys(EXPECTED), ...Object.keys(SKIPPED)];
  const idle = stale.filter((key) => !used.has(key));
  for (const key of idle) console.log(`expected/ lists "${key}", which does not exist`);
  const [passed, listed, failed] = count(all) as [number, number, number];
  // A listed test counts as skipped, with the reason in expected/: its failure says nothing about the engine.
  console.log(`${passed} passed, ${failed + idle.length} failed, ${listed} skipped`);
  return failed + idle.length > 0 ? 1 : 0;
}

/** All jobs, each by the engine that is free first; the results in the order of the jobs. */
async function work(engines: readonly EngineClient[], jobs: readonly Job[]): Promise<Result[]> {
  const results: Result[][] = [];
  const todo = jobs.entries();
  await Promise.all(
    engines.map(async (engine) => {
      for (const [n, { module, files, ids }] of todo) results[n] = await runClass(engine, files, module, ids);
    }),
  );
  return results.flat();
}

function judge(result: Result): Judged {
  const id = short(result.id);
  const listed = [id, `${parent(id)}.*`].find((candidate) => candidate in EXPECTED);
  const key =
    listed ?? (result.how === 'skip' ? Object.keys(SKIPPED).find((why) => result.why.includes(why)) : undefined);
  const good = result.how === 'pass';
  return { ...result, key, judgement: good === (key !== undefined) ? 'failed' : good ? 'passed' : 'listed' };
}

function tell({ id, judgement, how, why, key }: Judged): void {
  const unexpected = how === 'pass' && key !== undefined ? `it passes, but expected/ lists it: ${EXPECTED[key]}` : '';
  console.log(`  ${judgement} ${short(id)}`);
  for (const line of `${unexpected || why}`.trimEnd().split('\n')) if (line) console.log(`    ${line}`);
}

function count(results: readonly Judged[]): number[] {
  return ['passed', 'listed', 'failed'].map(
    (judgement) => results.filter((result) => result.judgement === judgement).length,
  );
}

/** Without the package's name. */
function short(id: string): string {
  return id.replace(/^test\./, '');
}

function parent(id: string): string {
  return id.slice(0, id.lastIndexOf('.'));
}

function row(name: string, ...cells: (string | number)[]): string {
  return name.padEnd(26) + cells.map((cell) => String(cell).padStart(9)).join('');
}

process.exitCode = await main();
// Engines are processes: none may outlive the command.
process.exit();
