/** The timeline of a run in a real Chromium: stepping, the editor's marks, deadlocks, races, the export, a phone, dark mode. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serveSite } from './built-site.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { editorReady, press } from './site-page.ts';
import type { StaticServer } from './static-server.ts';

const DRAFT = 'hb:draft:playground:main.py';
const chromium = await findChromium();
if (!chromium) console.warn(skipped('Tests of the timeline'));

const BANK = `import threading
balance = 0
lock = threading.Lock()
def deposit(amount):
    global balance
    with lock:
        seen = balance
        balance = seen + amount
ann = threading.Thread(target=deposit, args=(20,), name='Ann')
ben = threading.Thread(target=deposit, args=(30,), name='Ben')
ann.start()
ben.start()
ann.join()
ben.join()
print(balance)
`;
const STUCK = `import threading
a = threading.Lock()
b = threading.Lock()
both = threading.Barrier(2)
def left():
    with a:
        both.wait()
        with b:
            pass
def right():
    with b:
        both.wait()
        with a:
            pass
threading.Thread(target=left, name='left').start()
threading.Thread(target=right, name='right').start()
`;
/** Both have begun before either goes on: else the start of the second comes after the end of the first. */
const RACY = BANK.replace('Lock()', 'Barrier(2)').replace('    with lock:\n', '    if lock.wait() >= 0:\n');

describe.skipIf(!chromium)('the timeline', () => {
  let server: StaticServer;
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    server = await serveSite();
    if (chromium) browser = await launch(chromium);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });

  /** The playground, after a run of this program. */
  async function ran(code: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(error.message));
    // The engine's sandboxed frame has no storage.
    await page.addInitScript(
      ([key = '', text = '']) => {
        if (self === top) localStorage.setItem(key, text);
      },
      [DRAFT, code],
    );
    await page.goto(`${server.base}/playground`);
    await editorReady(page);
    await press(page, 'Run');
    await page.getByRole('slider').waitFor();
    return page;
  }
  const sentence = (page: Page) => page.locator('details [role=status]').first().textContent();
  const slider = (page: Page) => page.getByRole('slider');
  const marks = (page: Page) => page.locator('.hb-line-name').allTextContents();
  const close = (page: Page) => page.context().close();

  test('keys step back and forward; the sentence, the values and the editor follow', async () => {
    const page = await ran(BANK);
    expect(await sentence(page)).toBe('MainThread, line 15: prints "50"');
    expect(await marks(page)).toEqual([]);
    const steps = Number(await slider(page).getAttribute('aria-valuemax'));
    expect(await slider(page).getAttribute('aria-valuenow')).toBe(String(steps));

    await slider(page).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await sentence(page)).toBe('MainThread, line 15: reads balance (50)');
    await page.keyboard.press('Home');
    expect(await sentence(page)).toBe('MainThread, line 1: comes to this line');
    expect(await slider(page).getAttribute('aria-valuenow')).toBe('1');
    await page.keyboard.press('ArrowLeft');
    expect(await slider(page).getAttribute('aria-valuenow')).toBe('1');

    for (let step = 1; step < steps; step++) {
      await page.keyboard.press('ArrowRight');
      if ((await sentence(page)) === 'Ann, line 8: writes balance = 20') break;
    }
    expect(await page.getByRole('row', { name: /balance/ }).textContent()).toBe('balance20now written by Ann');
    expect(await page.getByRole('row', { name: /^lock/ }).textContent()).toContain('held by Ann');
    await page.waitForFunction(() => document.querySelectorAll('.hb-line-name').length > 1);
    expect((await marks(page)).join(' ').replaceAll('\u00a0', ' ')).toMatch(/← Ann/);
    await page.keyboard.press('End');
    expect(await sentence(page)).toBe('MainThread, line 15: prints "50"');
    await close(page);
  });

  test('a click goes to a step; plus zooms in', async () => {
    const page = await ran(BANK);
    const canvas = page.locator('canvas').last();
    const box = (await canvas.boundingBox()) ?? { width: 0 };
    await canvas.click({ position: { x: 2, y: 10 } });
    const first = Number(await slider(page).getAttribute('aria-valuenow'));
    expect(first).toBeLessThan(3);
    await slider(page).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('+');
    await canvas.click({ position: { x: box.width - 4, y: 10 } });
    const zoomed = Number(await slider(page).getAttribute('aria-valuenow'));
    expect(zoomed).toBeGreaterThan(first);
    expect(zoomed).toBeLessThan(Number(await slider(page).getAttribute('aria-valuemax')));
    await close(page);
  });

  test('a deadlock is drawn and said', async () => {
    const page = await ran(STUCK);
    const said =
      'left waits for b, which right holds; right waits for a, which left holds: none of them can ever go on.';
    await page.getByRole('img', { name: said }).waitFor();
    expect(await page.locator('figcaption').textContent()).toBe(said);
    expect(await page.getByRole('row', { name: /^a / }).textContent()).toContain('held by left');
    await close(page);
  });

  test('a race is told, and leads to its step', async () => {
    const page = await ran(RACY);
    const races = page.getByRole('list', { name: 'Data races' }).getByRole('listitem');
    expect(await races.first().textContent()).toMatch(
      /Data race on balance: .*(Neither held a lock|nothing orders them)/,
    );
    await races.first().getByRole('button', { name: 'Show' }).click();
    expect(await sentence(page)).toMatch(/^(Ann|Ben), line [78]: (reads|writes) balance/);
    await close(page);
  });

  test('the text tells every step; the export is a trace for Perfetto', async () => {
    const page = await ran(BANK);
    await page.getByText('As text').click();
    const text = (await page.locator('details pre').last().textContent()) ?? '';
    expect(text).toContain('Ann, line 6: takes lock\n');
    expect(text.split('\n').length).toBe(Number(await slider(page).getAttribute('aria-valuemax')));
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Perfetto JSON')]);
    const { traceEvents } = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(traceEvents).toContainEqual(expect.objectContaining({ ph: 'M', args: { name: 'Ann' } }));
    await close(page);
  });

  test('a phone and the dark mode', async () => {
    const page = await ran(BANK, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    const canvas = (await page.locator('canvas').last().boundingBox()) ?? { width: 0 };
    expect(canvas.width).toBeGreaterThan(150);
    await close(page);
  });

  test('the home page replays a lost update by itself, and its program is one click from the reader’s own', async () => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(server.base);
    await page.getByText('Ben, line 8: writes balance = 20').waitFor({ timeout: 15_000 });
    await page.getByText('prints "paid in 40, balance 20"').waitFor({ timeout: 15_000 });
    await press(page, 'Change it and run it');
    await editorReady(page);
    await close(page);
  });
});
