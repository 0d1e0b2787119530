/** The built site in a real Chromium: everything that a reader does, from the first keystroke to a verdict that lasts. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { gradableOf, pick, readCourse, SOLUTIONS } from '../cli/course-files.ts';
import { grade } from '../grader/grade.ts';
import type { Verdict } from '../grader/verdict.ts';
import { createNodeEngine } from '../worker/node.ts';
import { SITE, serveSite } from './built-site.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { close, code, editorReady, focusEditor, openPage, press, shows, terminal, type } from './site-page.ts';
import type { StaticServer } from './static-server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const SLUG = 'locks/lost-update';
const chromium = await findChromium();
if (!chromium) console.warn(skipped('Tests of the site'));

describe.skipIf(!chromium)('the site', () => {
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

  const open = (where: string, options: BrowserContextOptions = {}, script?: () => void): Promise<Page> =>
    openPage(browser, server.base + where, faults, { viewport: { width: 1280, height: 800 }, ...options }, script);
  const status = (page: Page, text: RegExp | string) => page.getByText(text).first().waitFor();

  test('the engine comes with the page, an editor only when it comes into view', async () => {
    const page = await open('/learn/locks', { viewport: { width: 1280, height: 100 } });
    const fetched = new Set<string>();
    page.on('request', (request) => fetched.add(new URL(request.url()).pathname));
    await page.reload({ waitUntil: 'networkidle' });
    const scripts = () => [...fetched].filter((name) => name.endsWith('.js') && existsSync(path.join(SITE, name)));
    const isMonaco = (name: string) => readFileSync(path.join(SITE, name), 'utf8').includes('monaco-editor');
    expect(await page.locator('.monaco-editor').count()).toBe(0);
    expect(scripts().filter(isMonaco)).toEqual([]);
    expect([...fetched]).toContain('/engine/memory.bin.gz');
    await page.getByRole('heading', { name: 'Several steps in one line' }).scrollIntoViewIfNeeded();
    await editorReady(page);
    expect(scripts().filter(isMonaco)).not.toEqual([]);
    await close(page);
  });

  test('a chapter’s program runs', async () => {
    const page = await open('/learn/locks');
    await editorReady(page);
    await press(page, 'Run');
    await shows(page, '(should be 100)');
    await status(page, /exit code 0 · 3 threads/);
    await close(page);
  });

  test('the playground: typing, output that streams, stderr, input, tracebacks, reload', async () => {
    const page = await open('/playground');
    await editorReady(page);
    await type(page, "import time\nprint('first')\ntime.sleep(0.8)\nprint('second')");
    await page.getByLabel('Clock').selectOption('real');
    await press(page, 'Run');
    await shows(page, 'first');
    expect(await terminal(page)).not.toContain('second');
    await shows(page, 'second');
    await page.getByLabel('Clock').selectOption('virtual');

    await type(page, "import sys\nprint('out')\nprint('err', file=sys.stderr)");
    await page.keyboard.press('Control+Enter');
    await shows(page, 'err');
    expect(await page.locator('.xterm-rows .xterm-fg-1').allTextContents()).toEqual(['err']);

    await type(page, "name = input('Name? ')\nprint('Hello', name)");
    await page.keyboard.press('Control+Enter');
    await status(page, 'The program waits for input');
    await page.keyboard.type('Adx');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('a');
    await page.keyboard.press('Enter');
    await shows(page, 'Hello Ada');

    await type(page, "# one\n# two\nraise ValueError('no')");
    await page.keyboard.press('Control+Enter');
    await shows(page, 'ValueError: no');
    await page.getByRole('button', { name: 'main.py:3', exact: true }).click();
    await page.keyboard.type('X');
    await page.waitForTimeout(400);
    expect((await code(page)).split('\n')[2]).toBe("Xraise ValueError('no')");

    await page.reload();
    await editorReady(page);
    expect(await code(page)).toContain('Xraise');
    await close(page);
  });

  test('the line of a traceback in the terminal is a link to the editor', async () => {
    const page = await open('/playground');
    await editorReady(page);
    await type(page, '# one\n1 / 0');
    await press(page, 'Run');
    await shows(page, 'ZeroDivisionError');
    const line = page.locator('.xterm-rows > div').filter({ hasText: 'File "main.py", line 2' });
    const box = await line.boundingBox();
    if (!box) throw new Error('no such line');
    for (const x of [60, 64]) await page.mouse.move(box.x + x, box.y + box.height / 2);
    await page.locator('.xterm-cursor-pointer').waitFor();
    await page.mouse.click(box.x + 64, box.y + box.height / 2);
    await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor'));
    await page.keyboard.type('X');
    await expect.poll(async () => (await code(page)).split('\n')[1]).toBe('X1 / 0');
    await close(page);
  });

  test('an endless loop stops, and the next Run answers within a second', async () => {
    const page = await open('/playground');
    await editorReady(page);
    for (const endless of ["print('on')\nwhile True: pass", "print('on')\nsum(range(10**12))"]) {
      await type(page, endless);
      await press(page, 'Run');
      // Nobody presses Stop sooner; by then the spare is there.
      await page.waitForTimeout(1200);
      await press(page, 'Stop');
      await status(page, 'Stopped.');
      await type(page, "print('alive')");
      await press(page, 'Run');
      await shows(page, 'alive');
    }
    await close(page);
  });

  test('a deadlock says who waits for what', async () => {
    const page = await open('/playground');
    await editorReady(page);
    await type(page, 'import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()');
    await press(page, 'Run');
    await page
      .getByText(/MainThread.*(waits|waiting).*Lock/i)
      .first()
      .waitFor();
    await close(page);
  });

  test('Grade says what it has searched, test by test; Stop ends it at once, and the engine is there again', async () => {
    const slug = 'patterns/readers-writers';
    const page = await open(`/exercises/${slug}`);
    await editorReady(page);
    await type(page, readFileSync(path.join(SOLUTIONS, slug, 'exercise.py'), 'utf8'));
    await press(page, 'Grade');
    await page.getByText(/^✓ two read at the same time · [\d,]+ schedules$/).waitFor();
    await page.getByText(/ · searching: [\d,]+ schedules …$/).waitFor();
    const stopped = await page.evaluate(async () => {
      const stop = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Stop');
      const pressed = performance.now();
      stop?.click();
      while (!document.body.textContent?.includes('Grading stopped.')) await new Promise(requestAnimationFrame);
      return performance.now() - pressed;
    });
    expect(stopped).toBeLessThan(100);
    // Another grading begins; nothing of the first one is left.
    await press(page, 'Grade');
    await page.getByText(/^two read at the same time · searching: [\d,]+ schedules? …$/).waitFor();
    await press(page, 'Stop');
    await page.getByText('Grading stopped.').waitFor();
    await close(page);
  });

  test('Grade: a program that depends on addresses is not repeatable, and says what to do', async () => {
    const page = await open(`/exercises/${SLUG}`);
    await editorReady(page);
    const solution = readFileSync(path.join(SOLUTIONS, SLUG, 'exercise.py'), 'utf8');
    await type(page, `${solution}\n\nclass Odd: pass\n\n\nprint(Odd())\n`);
    await press(page, 'Grade');
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByRole('heading', { name: 'Not repeatable' }).waitFor();
    await verdict.getByText('where its objects happen to be in memory').waitFor();
    await verdict.getByText('Keep objects in a list or a dict instead of a set').waitFor();
    expect(await verdict.getByRole('button', { name: 'Replay this run' }).count()).toBe(0);
    await close(page);
  });

  test('Grade: the terminal’s verdict and schedule, replay, then solved for good', async () => {
    const expected = await terminalVerdict();
    if (expected.kind === 'passed') throw new Error('the starter must not pass');

    const page = await open(`/exercises/${SLUG}`);
    await editorReady(page);
    await press(page, 'Grade');
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.waitFor();
    const shown = await verdict.textContent();
    for (const line of expected.message.split('\n')) expect(shown).toContain(line);
    for (const { name, proof } of expected.tests) {
      expect(shown).toContain(name);
      expect(shown).toContain(proof);
    }
    expect(shown).toContain(expected.hint);
    expect(await verdict.locator('code').textContent()).toBe(expected.schedule);

    await press(page, 'Replay this run');
    await page.getByText(`returned ${JSON.stringify(expected.run?.value)}`).waitFor();
    expect(await page.getByText(expected.schedule, { exact: true }).count()).toBe(2);

    const other = await page.context().newPage();
    await other.goto(`${server.base}/progress`);
    await other.getByText(/^0 of \d+ solved/).waitFor();

    await type(page, readFileSync(path.join(SOLUTIONS, SLUG, 'exercise.py'), 'utf8'));
    await press(page, 'Grade');
    await page.getByRole('heading', { name: 'Solved' }).waitFor();
    const aside = page.getByRole('navigation', { name: 'Exercises' });
    const mark = aside.locator('a[aria-current=page] .hb-mark--solved');
    expect(await mark.count()).toBe(1);
    await other.getByText(/^1 of \d+ solved/).waitFor();

    await page.reload();
    await mark.waitFor();
    await editorReady(page);
    expect(await code(page)).toContain('with self.lock');
    await page.goto(`${server.base}/learn/locks`);
    await page.locator('.hb-exercise--solved').first().waitFor({ state: 'attached' });

    const [download] = await Promise.all([other.waitForEvent('download'), press(other, 'Export progress')]);
    const file = await download.path();
    const fresh = await open('/progress');
    await fresh.getByText(/^0 of \d+ solved/).waitFor();
    await fresh.locator('input[type=file]').setInputFiles(file);
    await fresh.getByText('Imported: 1 newly solved').waitFor();
    await fresh.getByText(/^1 of \d+ solved/).waitFor();
    await fresh.locator('input[type=file]').setInputFiles(path.join(root, 'package.json'));
    await fresh.getByText('not an export').waitFor();
    await close(fresh);
    await close(page);
  });

  test('by keyboard alone: Tab to Run, Enter; Ctrl+Enter in the editor; Escape and Tab leave it', async () => {
    const page = await open('/playground');
    await editorReady(page);
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null)) break;
    }
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText("print('by key')");
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null)).toBe(true);
    await page.keyboard.press('Control+Z');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Run');
    await page.keyboard.press('Enter');
    await shows(page, 'by key');
    await focusEditor(page);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText("print('again')");
    await page.keyboard.press('Control+Enter');
    await shows(page, 'again');
    await close(page);
  });

  test('without JSPI the editor shows, and Run says which browsers work', async () => {
    const page = await open('/playground', {}, () => {
      delete (WebAssembly as unknown as Record<string, unknown>).Suspending;
    });
    await editorReady(page);
    await press(page, 'Run');
    await page
      .getByText(/cannot suspend WebAssembly.*Firefox.*npm ci/)
      .first()
      .waitFor();
    await close(page);
  });

  test('storage that is forbidden or full is said so', async () => {
    const forbidden = await open('/playground', {}, () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    });
    await forbidden.getByRole('alert').getByText('store nothing').waitFor();
    await close(forbidden);

    const full = await open('/playground');
    await editorReady(full);
    await full.evaluate(() => {
      let text = 'x'.repeat(1 << 20);
      for (let i = 0; text.length > 8; i++) {
        try {
          localStorage.setItem(`fill${i}`, text);
        } catch {
          text = text.slice(0, text.length >> 1);
        }
      }
    });
    await type(full, '# a text that does not fit any more'.repeat(20));
    await full.getByRole('alert').getByText('is full').waitFor();
    await close(full);
  });

  test('360 pixels are wide enough', async () => {
    const page = await open('/', { viewport: { width: 360, height: 740 } });
    for (const where of ['/', '/learn/locks', '/learn/threads', `/exercises/${SLUG}`, '/playground', '/progress']) {
      await page.goto(server.base + where);
      // There the editor comes when it is asked for, in place of the run that is replayed.
      if (where === '/') await press(page, 'Change it and run it');
      if (where !== '/progress') {
        await page
          .locator('main section')
          .first()
          .evaluate((section) => section.scrollIntoView());
        await editorReady(page);
      }
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, where).toBe(0);
    }
    await close(page);
  });
});

/** What the command line says about the exercise as it came. */
async function terminalVerdict(): Promise<Verdict> {
  const [exercise] = pick(readCourse(), [SLUG]);
  if (!exercise) throw new Error(`no ${SLUG}`);
  const engine = createNodeEngine(await buildEngine());
  try {
    const verdict = await grade(engine, await gradableOf(exercise), exercise.starter).done;
    if (!verdict) throw new Error('stopped');
    return verdict;
  } finally {
    engine.dispose();
  }
}
