#!/usr/bin/env node
// Starts `hb` under the Node that the project brings along: the engine needs Node 26, the system may have another.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const main = new URL('hb.ts', import.meta.url);
if (Number.parseInt(process.versions.node, 10) >= 26) {
  await import(main.href);
} else {
  const node = path.join(path.dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node');
  const child = spawn(node, [main.pathname, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Whoever stops this one means that one, which has things to put in order.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
