// `npm test`: everything; `npm test EXERCISE`: that exercise of the learner's, within seconds.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const hb = path.join(root, 'src/cli/hb.mjs');

if (words.length > 0) process.exit(node(hb, 'test', ...words));

const report = path.join(root, '.cache/tests.json');
rmSync(report, { force: true });
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
const steps = [
  ['the engine', ['src/build/engine.ts']],
  ['types and style', ['src/build/typecheck.ts']],
  ['the site', ['node_modules/@docusaurus/core/bin/docusaurus.mjs', 'build', '--out-dir', '.cache/site']],
  ['tests', vitest],
  ['your exercises', [hb, 'test']],
];
let failed = '';
for (const [name, args] of steps) {
  console.log(`\n── ${name}`);
  if (node(...args) !== 0) {
    failed = name;
    break;
  }
}
if (failed) console.log(`\n── ${failed}: failed`);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}
process.exit(failed ? 1 : 0);
