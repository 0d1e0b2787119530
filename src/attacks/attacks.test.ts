/** Every attack against the engine of the command line: a sealed child process of Node. */
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { grade } from '../grader/grade.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine, HELD } from '../worker/node.ts';
import { attack, exerciseOf, probe, REFUSED } from './arena.ts';
import { ATTACKS } from './cases.ts';
import { HONEST_CHILDREN } from './children-cases.ts';

// Said in two parts, so that not even this file's source holds it.
const secret = `SECRET-${Math.random().toString(36).slice(2)}`;
const folder = mkdtempSync(path.join(tmpdir(), 'hb-attacks-'));
let calls = 0;
const listener = createServer((socket) => {
  calls++;
  socket.destroy();
});
let engine: EngineClient;
let clean: string;
let port: number;

beforeAll(async () => {
  process.env.HB_SECRET = secret;
  writeFileSync(path.join(folder, 'secret.txt'), secret);
  process.chdir(folder);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  port = (listener.address() as { port: number }).port;
  engine = createNodeEngine(await buildEngine(), 1);
  engine.warm();
  clean = await probe(engine);
});

afterAll(() => {
  engine.dispose();
  listener.close();
});

test.each(ATTACKS.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  const { record, wins } = await attack(engine, one, { secret, port, clean });
  if (process.env.HB_SHOW)
    console.log(one.name, JSON.stringify(record.outcome), record.stdout.slice(0, 1500), record.stderr.slice(-600));
  expect(wins).toEqual([]);
  expect(calls).toBe(0);
  expect(readdirSync(folder)).toEqual(['secret.txt']);
});

test('children that change nothing pass', async () => {
  const verdict = await grade(engine, exerciseOf('stuck', secret), { 'exercise.py': HONEST_CHILDREN }).done;
  expect(verdict && 'message' in verdict ? verdict.message : verdict?.kind).toBe('passed');
});

test.each(REFUSED.map((one) => [one.name, one] as const))('refused: %s', async (_, { program, schedule, says }) => {
  const whole = { files: { 'exercise.py': '' }, entry: { kind: 'script', file: 'exercise.py' } as const, ...program };
  await expect(engine.run(whole, schedule ?? { kind: 'round-robin' }, {}, {}, false).done).rejects.toThrow(says);
  expect(await probe(engine)).toBe(clean);
});

test('a script in the engine’s place finds every way out closed', async () => {
  const cell = mkdtempSync(path.join(tmpdir(), 'hb-intruder-'));
  const outfile = path.join(cell, 'intruder.mjs');
  const entry = path.join(import.meta.dirname, 'intruder-node.ts');
  await build({ entryPoints: [entry], bundle: true, outfile, format: 'esm', target: 'es2023', platform: 'node' });
  const child = fork(outfile, [String(port)], {
    execArgv: [...HELD, `--allow-fs-read=${cell}${path.sep}*`],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const open = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  child.kill();
  expect(open).toEqual([]);
  expect(calls).toBe(0);
  expect(readdirSync(cell)).toEqual(['intruder.mjs']);
});
