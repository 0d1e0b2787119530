/** Processes on processors of their own do what they do on one: in Node and in the machine's Chromium. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { createNodeEngine } from '../worker/node.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { serveWithPage } from './page-server.ts';
import { type Ran, runParallel } from './parallel-jobs.ts';
import { PARALLEL } from './parallel-programs.ts';

const root = path.resolve(import.meta.dirname, '../..');
const chromium = await findChromium();
if (!chromium) console.warn(skipped('Parallel processes in Chromium'));

function check(records: readonly Ran[]): void {
  for (const [i, { name, prints, ends = 'exit' }] of PARALLEL.entries()) {
    const { stdout = '', stderr, outcome } = records[i] ?? {};
    expect(outcome?.kind, `${name}: ${stderr} ${JSON.stringify(outcome)}`).toBe(ends);
    if (typeof prints === 'string') expect(stdout, name).toBe(prints);
    else expect(stdout, name).toMatch(prints);
  }
}

test('in Node', { timeout: 240_000 }, async () => {
  const engine = createNodeEngine(await buildEngine());
  try {
    check(await runParallel(engine));
  } finally {
    engine.dispose();
  }
});

describe.skipIf(!chromium)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    await buildEngine();
    if (chromium) browser = await launch(chromium);
  });
  afterAll(() => browser?.close());

  test('the same', { timeout: 240_000 }, async () => {
    const server = await serveWithPage(path.join(root, 'static/engine'), 'parallel-page.ts');
    try {
      const records = server.posted();
      const page = await browser.newPage();
      await page.goto(server.base);
      check(JSON.parse(await records) as Ran[]);
    } finally {
      server.close();
    }
  });
});
