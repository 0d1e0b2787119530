/** `npm run lint`: the compiler over every folder with its own rules, then Biome. Fails on the first complaint. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const PROJECTS = [
  ...[
    'kernel',
    'commands',
    'schedulers',
    'trace',
    'interpreter',
    'grader',
    'course',
    'classroom',
    'worker',
    'cli',
    'build',
    'site',
  ].map((name) => `src/${name}`),
  'src/tsconfig.tests.json',
];
const bin = (name: string, file: string) =>
  path.join(path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);

function run(file: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

for (const project of PROJECTS) run(bin('typescript', 'bin/tsc'), '--noEmit', '-p', project);
run(bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.');
