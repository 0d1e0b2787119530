/**
 * `npm run conformance -- [MODULE | MODULE.CLASS | MODULE.CLASS.TEST]… [-v]`: CPython's own test files for threads, locks
 * and queues, in the sandbox. Fails if a test that expected.ts does not list does not pass, or one that it lists does.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildEngine } from '../build/engine.ts';
import { createNodeEngine } from '../worker/node.ts';
import { EXPECTED } from './expected.ts';
import { list, type Result, runClass } from './run-module.ts';
import { filesFor, INSTALLED, isInstalled, MODULES } from './suite.ts';

const RUNNER = fileURLToPath(new URL('run_tests.py', import.meta.url));

type Judgement = 'passed' | 'listed' | 'failed';
interface Judged extends Result {
  readonly judgement: Judgement;
  /** The key in expected.ts that covers it. */
  readonly key: string | undefined;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { verbose: { type: 'boolean', short: 'v' } },
    allowPositionals: true,
  });
  if (!isInstalled()) {
    console.log(`conformance: skipped, there is no ${INSTALLED}. To have it: apt-get install libpython3.11-testsuite`);
    return 0;
  }
  const isUnder = (id: string, part: string) => id === part || id.startsWith(`${part}.`);
  const wanted = (id: string) => positionals.length === 0 || positionals.some((part) => isUnder(id, part));
  const engine = createNodeEngine(await buildEngine(console.log));
  const all: Judged[] = [];
  console.log(row('test file', 'passed', 'listed', 'failed'));
  for (const module of MODULES) {
    if (positionals.length > 0 && !positionals.some((part) => isUnder(part, module.name))) continue;
    const files = filesFor(module, RUNNER);
    const ids = (await list(engine, files, module.name)).filter(
      (id) => !module.without?.ids.test(id) && wanted(short(id)),
    );
    const results: Judged[] = [];
    for (const tests of Map.groupBy(ids, parent).values()) {
      results.push(...(await runClass(engine, files, module.name, tests)).map(judge));
    }
    console.log(row(module.name, ...count(results)));
    for (const result of results.filter(({ judgement }) => values.verbose || judgement === 'failed')) tell(result);
    all.push(...results);
  }
  engine.dispose();
  const stale =
    positionals.length > 0 ? [] : Object.keys(EXPECTED).filter((key) => !all.some((result) => result.key === key));
  for (const key of stale) console.log(`expected.ts lists ${key}, which does not exist`);
  const [passed, listed, failed] = count(all) as [number, number, number];
  // A listed test counts as skipped, with the reason in expected.ts: its failure says nothing about the engine.
  console.log(`${passed} passed, ${failed + stale.length} failed, ${listed} skipped`);
  return failed + stale.length > 0 ? 1 : 0;
}

function judge(result: Result): Judged {
  const id = short(result.id);
  const key = [id, `${parent(id)}.*`].find((candidate) => candidate in EXPECTED);
  const good = result.how === 'pass';
  return { ...result, key, judgement: good === (key !== undefined) ? 'failed' : good ? 'passed' : 'listed' };
}

function tell({ id, judgement, how, why, key }: Judged): void {
  const unexpected = how === 'pass' && key !== undefined ? `it passes, but expected.ts lists it: ${EXPECTED[key]}` : '';
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
