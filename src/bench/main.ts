/** `npm run bench`: measures what the project promises and writes it down, with the machine it was measured on. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildEngine } from '../build/engine.ts';
import { findChromium, skipped } from '../e2e/chromium.ts';
import { type BrowserFigures, measureBrowser } from './browser-figures.ts';
import { measureNode, type NodeFigures } from './node-figures.ts';
import { page } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');
const OUTPUT = path.join(root, 'docs/internals/benchmarks.md');

const say = (line: string) => console.error(`bench: ${line}`);
const started = Date.now();
const load = os.loadavg()[0] ?? 0;
if (load > 1) say(`this machine is busy (load ${load.toFixed(1)}): the figures will be worse than they are`);

const folder = await buildEngine(say);
say('building the site');
const docusaurus = path.join(root, 'node_modules/@docusaurus/core/bin/docusaurus.mjs');
const built = spawnSync(process.execPath, [docusaurus, 'build', '--out-dir', '.cache/site'], { cwd: root });
if (built.status !== 0 || !existsSync(path.join(root, '.cache/site/index.html'))) {
  say(`the site does not build:\n${built.stdout}${built.stderr}`);
  process.exit(1);
}

say('measuring under Node');
const node: NodeFigures = await measureNode(root, folder);
const chromium = await findChromium();
let browser: BrowserFigures | null = null;
if (chromium) {
  say('measuring in Chromium');
  browser = await measureBrowser(chromium, root);
} else say(skipped('What happens in a browser'));

const versionOf = (name: string) =>
  JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version as string;
const cpus = os.cpus();
const text = page(node, browser, {
  date: new Date().toISOString().slice(0, 10),
  cores: cpus.length,
  processor: cpus[0]?.model.trim() || 'unknown processor',
  memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
  system: `${os.type()} ${os.release()}`,
  load: load.toFixed(1),
  node: process.version,
  pyodide: versionOf('pyodide'),
});
mkdirSync(path.dirname(OUTPUT), { recursive: true });
writeFileSync(OUTPUT, text);
process.stdout.write(text);
say(`done in ${Math.round((Date.now() - started) / 1000)} s; written to ${path.relative(root, OUTPUT)}`);
process.exit(0);
