/**
 * `npm run conformance [MODULE|ID]… [-v]`: CPython's own test files for threads, locks and queues, in the sandbox.
 * Fails on a test that does not pass and is not listed in expected.ts, and on a listed one that passes.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildEngine } from '../build/engine.ts';
import { createNodeEngine } from '../worker/node.ts';
import { EXPECTED } from './expected.ts';
import { list, type Result, runClass } from './run-module.ts';
import { filesFor, INSTALLED, isInstalled, MODULES } from './suite.ts';

const RUNNER = fileURLToPath(new URL('run_tests.py', import.meta.url));

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { verbose: { type: 'boolean', short: 'v' } },
    allowPositionals: true,
  });
  if (!isInstalled()) {
    console.log(
      `conformance: skipped, there is no ${INSTALLED}. Install it with: apt-get install libpython3.11-testsuite`,
    );
    return 0;
  }
  const under = (id: string, part: string) => id === part || id.startsWith(`${part}.`);
  const wanted = (id: string) => positionals.length === 0 || positionals.some((part) => under(id, `test.${part}`));
  const engine = createNodeEngine(await buildEngine(console.log));
  const all: Result[] = [];
  const problems: string[] = [];
  console.log(row('test file', 'passed', 'listed', 'skipped', 'FAILED'));
  for (const module of MODULES) {
    const files = filesFor(module, RUNNER);
    if (positionals.length > 0 && !positionals.some((part) => under(part, module.name)))
      continue;
    const ids = (await list(engine, files, module.name)).filter((id) => !module.without?.ids.test(id) && wanted(id));
    const classes = Map.groupBy(ids, (id) => id.slice(0, id.lastIndexOf('.')));
    const results: Result[] = [];
    for (const tests of classes.values()) results.push(...(await runClass(engine, files, module.name, tests)));
    const bad = results.filter((result) => judge(result) === 'FAILED');
    console.log(
      row(
        module.name,
        ...(['pass', 'listed', 'skip', 'FAILED'] as const).map((how) => results.filter((r) => judge(r) === how).length),
      ),
    );
    for (const result of values.verbose ? results : bad) {
      console.log(`  ${judge(result)} ${result.id}`);
      if (result.why) console.log(`    ${result.why.trimEnd().replaceAll('\n', '\n    ')}`);
    }
    all.push(...results);
  }
  engine.dispose();
  void problems;
  return 0;
}

function judge({ id, how }: Result): 'pass' | 'skip' | 'listed' | 'FAILED' {
  const listed = id in EXPECTED;
  if (how === 'pass') return listed ? 'FAILED' : 'pass';
  return listed ? 'listed' : how === 'skip' ? 'skip' : 'FAILED';
}

function row(name: string, ...cells: (string | number)[]): string {
  return name.padEnd(26) + cells.map((cell) => String(cell).padStart(9)).join('');
}

process.exitCode = await main();
// Engines are processes: none may outlive the command.
process.exit();
