// `npm test`: everything; `npm test EXERCISE`: that exercise of the learner's, within seconds.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const hb = path.join(root, 'src/cli/hb.mjs');

if (words.length > 0) process.exit(node(hb, 'test', ...words));

const steps = [
  ['the engine', ['src/build/engine.ts']],
  ['types and style', ['src/build/typecheck.ts']],
  ['the site', ['node_modules/@docusaurus/core/bin/docusaurus.mjs', 'build', '--out-dir', '.cache/site']],
  ['tests', ['node_modules/vitest/vitest.mjs', 'run']],
  ['your exercises', [hb, 'test']],
];
for (const [name, args] of steps) {
  console.log(`\n── ${name}`);
  const status = node(...args);
  if (status !== 0) {
    console.log(`\n── ${name}: failed`);
    process.exit(status);
  }
}
