/** The same program and schedule give the same run, to the last byte, in Node and in every browser there is. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { createNodeEngine } from '../worker/node.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { findFirefox, openFirefox } from './firefox.ts';
import { type PageServer, serveWithPage } from './page-server.ts';
import { allJobs, runJobs } from './parity-jobs.ts';
import { PROGRAMS } from './programs.ts';

const root = path.resolve(import.meta.dirname, '../..');
const jobs = allJobs();
const chromium = await findChromium();
const firefox = findFirefox();
if (!chromium) console.warn(skipped('Parity with Chromium'));

let server: PageServer;
let inNode: string[];
beforeAll(async () => {
  const folder = await buildEngine();
  server = await serveWithPage(path.join(root, 'static/engine'), 'parity-page.ts', {
    '/jobs.json': ['application/json', JSON.stringify(jobs)],
  });
  const engine = createNodeEngine(folder);
  inNode = await runJobs(engine, jobs);
  engine.dispose();
});
afterAll(() => server?.close());

function compare(records: unknown): void {
  expect(records).toHaveLength(jobs.length);
  const different = jobs.flatMap(({ name }, i) =>
    (records as string[])[i] === inNode[i] ? [] : [{ name, here: (records as string[])[i], node: inNode[i] }],
  );
  expect(different).toEqual([]);
}

describe('in Node', () => {
  test('every program ends as it should', () => {
    expect(PROGRAMS.length).toBeGreaterThanOrEqual(20);
    for (const [i, { name }] of jobs.entries()) {
      const ends = PROGRAMS.find((program) => name.startsWith(`${program.name},`))?.ends;
      if (ends) expect(inNode[i], name).toContain(`"outcome":{"kind":"${ends}"`);
    }
  });

  test('and the same way again, in another process', async () => {
    const engine = createNodeEngine(await buildEngine());
    const again = await runJobs(engine, jobs.slice(0, 40));
    engine.dispose();
    expect(again).toEqual(inNode.slice(0, 40));
  });
});

describe.skipIf(!chromium)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (chromium) browser = await launch(chromium);
  });
  afterAll(() => browser?.close());

  test(`${jobs.length} runs, identical to the last byte`, async () => {
    const records = server.posted();
    const page = await browser.newPage();
    await page.goto(server.base);
    compare(JSON.parse(await records));
  });
});

describe.skipIf(!firefox)('in Firefox', () => {
  test(`${jobs.length} runs, identical to the last byte`, async () => {
    const records = server.posted();
    const close = openFirefox(firefox as string, server.base);
    try {
      compare(JSON.parse(await records));
    } finally {
      await close();
    }
  });
});
