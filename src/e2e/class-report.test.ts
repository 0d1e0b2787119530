/** The class report and its pages in a real Chromium, opened as files: nothing complains, nothing hangs over, tables sort. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { madeUpClass } from '../classroom/report/made-up-class.ts';
import { writeResults } from '../cli/classroom/results/write-results.ts';
import { findChromium, launch, skipped } from './chromium.ts';

const chromium = await findChromium();
if (!chromium) console.warn(skipped('Tests of the class report'));

const LONG = 'x'.repeat(200);
const HOSTILE = ['<script>window.hacked = 1</script>', '"><img src=x onerror="window.hacked=1">', LONG];
const PAGES = [
  'report/index.html',
  'report/students/s1004.html',
  'report/students/img-src-x-onerror-window-hacked-1.html',
  `report/students/${LONG.slice(0, 40)}.html`,
  'feedback/s1006/index.html',
  `feedback/${LONG.slice(0, 40)}/index.html`,
];

describe.skipIf(!chromium)('the class report', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'hb-report-'));
    await writeResults(folder, madeUpClass({ size: 28, hostile: HOSTILE }), { site: null, similarity: null });
    if (chromium) browser = await launch(chromium);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(file: string, options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
    const page = await (await browser.newContext(options)).newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== page.url() && !request.isNavigationRequest()) faults.push(request.url());
    });
    await page.goto(pathToFileURL(path.join(folder, file)).href);
    return { page, faults };
  }

  test.each(PAGES)('%s opens from a folder, on a phone, without a word in the console', async (file) => {
    const { page, faults } = await open(file, { viewport: { width: 360, height: 740 } });
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('sorts by points, and back', async () => {
    const { page } = await open(PAGES[0] ?? '');
    const table = page.locator('section', { has: page.locator('#students') }).locator('table');
    const points = () => table.locator('tbody tr td:nth-child(3)').allTextContents();
    const before = (await points()).map(Number);
    const button = table.getByRole('button', { name: 'Points' });
    await button.click();
    expect((await points()).map(Number)).toEqual([...before].sort((a, b) => a - b));
    await button.click();
    expect((await points()).map(Number)).toEqual([...before].sort((a, b) => b - a));
    expect(await table.locator('th[aria-sort=descending]').count()).toBe(1);
    await page.context().close();
  });

  test('has everything without JavaScript', async () => {
    const { page, faults } = await open(PAGES[0] ?? '', { javaScriptEnabled: false });
    expect(await page.locator('#students').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Hiroshi' }).first().getAttribute('href')).toBe('students/s1008.html');
    expect(await page.getByRole('button').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('is dark where the system is', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open(PAGES[0] ?? '', { colorScheme });
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.context().close();
      return colour;
    };
    expect(await background('light')).toBe('rgb(250, 247, 240)');
    expect(await background('dark')).toBe('rgb(19, 22, 28)');
  });
});
