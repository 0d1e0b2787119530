/** The built site in a real Chromium: Drive, the kinds break, predict and order, and replay links. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeReplay } from '../worker/replay-link.ts';
import { serveSite } from './built-site.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { close, code, editorReady, openPage, press, shows, type } from './site-page.ts';
import type { StaticServer } from './static-server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const PHONE = { width: 360, height: 740 };
const chromium = await findChromium();
if (!chromium) console.warn(skipped('Tests of the kinds of exercises'));

describe.skipIf(!chromium)('drive, kinds, links', () => {
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

  const permissions = ['clipboard-read', 'clipboard-write'];
  const open = (where: string, options: BrowserContextOptions = {}): Promise<Page> =>
    openPage(browser, server.base + where, faults, { permissions, ...options });
  const drive = (page: Page) => page.getByRole('region', { name: 'Drive' });
  const threads = (page: Page) => drive(page).getByRole('list', { name: 'Threads' });
  const printed = (page: Page, text: RegExp) => drive(page).locator('pre').filter({ hasText: text }).waitFor();
  const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
  const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);
  const solution = (name: string, file: string) => readFileSync(path.join(root, 'solutions', name, file), 'utf8');

  test('break: driven by the keyboard alone, at 360 px, until the verdict', async () => {
    const page = await open('/exercises/locks/three-deposits', { viewport: PHONE });
    await editorReady(page);
    await page.getByRole('button', { name: 'Drive' }).focus();
    await page.keyboard.press('Enter');
    const panel = drive(page);
    await threads(page).getByText('can go on').waitFor();
    // The main thread starts both and waits; Bob reads and stops; Ann pays in twice; Bob writes.
    await panel.getByRole('button', { name: 'Until it waits' }).focus();
    await page.keyboard.press('Enter');
    await threads(page).getByText('waits for Ann to end').waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Backspace');
    await threads(page).getByText('Two clerks').waitFor();
    await page.keyboard.press('r');
    await threads(page).getByText('waits for Ann to end').waitFor();
    await page.keyboard.press('3');
    await panel.getByRole('button', { name: 'To its next line' }).focus();
    // Enter presses the button; from then on the arrow does the same again.
    for (const [line, key] of [
      [':9', 'Enter'],
      [':10', 'ArrowRight'],
      [':11', 'ArrowRight'],
    ] as const) {
      await page.keyboard.press(key);
      await panel.getByRole('button', { name: `exercise.py${line}` }).waitFor();
    }
    await threads(page).getByText('balance = seen + 10').waitFor();
    expect(await page.locator('.hb-line-name').allTextContents()).toContainEqual(expect.stringContaining('Bob'));
    await page.keyboard.press('2');
    await panel.getByRole('button', { name: 'Until it waits' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByText('20', { exact: true }).waitFor();
    await panel.getByRole('status').filter({ hasText: 'Ann has ended' }).waitFor({ state: 'attached' });
    expect(await wide(page)).toBe(PHONE.width);
    await press(page, 'Grade');
    await page.getByRole('heading', { name: 'Solved' }).waitFor();
    await page.getByRole('tab', { name: 'moves.txt' }).click();
    await expect.poll(() => code(page)).toContain('Ann until it waits');
    await close(page);
  });

  test('break: the moves in the file are where Drive begins, and one that cannot be made is said', async () => {
    const page = await open('/exercises/locks/three-deposits');
    await editorReady(page);
    await page.getByRole('tab', { name: 'moves.txt' }).click();
    await type(page, 'MainThread until it waits\nBob until line 11\n');
    await press(page, 'Drive');
    const panel = drive(page);
    await threads(page).getByText('balance = seen + 10').waitFor();
    await panel.getByText('2 moves').waitFor();
    await panel.getByRole('button', { name: /MainThread/ }).click();
    expect(await panel.getByRole('button', { name: 'One step' }).getAttribute('aria-disabled')).toBe('true');
    await type(page, 'Bob until line 11\n');
    await panel.getByRole('button', { name: 'Drive it as it is now' }).click();
    await panel.getByRole('alert').filter({ hasText: 'no thread called "Bob" has started yet' }).waitFor();
    await press(page, 'Grade');
    await page.getByText('Move 1 (line 1: "Bob until line 11") cannot be made').waitFor();
    await type(page, 'Bob until Tuesday\n');
    await press(page, 'Drive');
    await page.getByText('line 1: "Bob until Tuesday" is not a move').first().waitFor();
    await panel.getByRole('button', { name: 'Until it waits' }).click();
    await expect.poll(() => code(page)).toBe('MainThread until it waits\n');
    await close(page);
  });

  test('drive: a move that takes for ever is stopped, and forgotten', async () => {
    const page = await open('/playground');
    await editorReady(page);
    await type(page, "import time\nprint('one')\nsum(range(10**12))\n");
    await press(page, 'Drive');
    const panel = drive(page);
    await panel.getByRole('button', { name: 'To its next line' }).click();
    await threads(page).getByText("print('one')").waitFor();
    await panel.getByRole('button', { name: 'Until it waits' }).click();
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.getByRole('alert').filter({ hasText: 'Stopped.' }).waitFor();
    await panel.getByText('1 move', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'To its next line' }).click();
    await threads(page).getByText('sum(range').waitFor();
    await printed(page, /^one\s*$/);
    await close(page);
  });

  test('drive: a program of one’s own, up to the cursor, to its end, and as a link', async () => {
    const page = await open('/playground');
    await editorReady(page);
    await type(page, "print('one')\nprint('two')\nprint('three')");
    await page.keyboard.press('ArrowUp');
    await press(page, 'Drive');
    const panel = drive(page);
    await panel.getByRole('button', { name: 'To line 2' }).click();
    await printed(page, /^one\s*$/);
    // The keys of the timeline are its own.
    await panel.getByText('Timeline so far').click();
    await panel.getByRole('slider').focus();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await panel.getByText('1 move', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'Copy the moves' }).click();
    expect(await copied(page)).toBe('MainThread until line 2\n');
    await panel.getByRole('button', { name: 'Let it finish' }).click();
    await panel.getByText('The program ended normally.').first().waitFor();
    await panel.getByRole('button', { name: 'Undo' }).click();
    await printed(page, /^one\s*$/);
    await panel.getByRole('button', { name: 'Copy link' }).click();
    await panel.getByText('Link copied').waitFor();
    expect(await copied(page)).toMatch(/\/replay#replay=[\w-]+$/);
    await close(page);
  });

  test('predict: checkboxes, and a run for each outcome that was missed', async () => {
    const page = await open('/exercises/threads/after-you', { viewport: PHONE });
    await page.getByLabel('Ann saw down and Bob saw up', { exact: true }).check();
    await press(page, 'Grade');
    await page.getByText('can happen, and is not marked').waitFor();
    const missed = page.getByRole('list', { name: 'Runs that show it' }).getByRole('listitem');
    expect(await missed.count()).toBe(2);
    const first = (await missed.first().locator('code').textContent()) ?? '';
    await missed.first().getByRole('button', { name: 'Replay' }).click();
    await shows(page, first);
    for (const name of ['Ann saw up and Bob saw up', 'Ann saw up and Bob saw down'])
      await page.getByLabel(name, { exact: true }).check();
    expect(await wide(page)).toBe(PHONE.width);
    await press(page, 'Grade');
    await page.getByRole('heading', { name: 'Solved' }).waitFor();
    await close(page);
  });

  test('order: by keyboard, with one line left out, until it is solved', async () => {
    const page = await open('/exercises/threads/all-at-once', { viewport: PHONE });
    await editorReady(page);
    const wanted =
      solution('threads/all-at-once', 'exercise.py')
        .split(/# begin\n|\n {4}# end/)[1]
        ?.split('\n') ?? [];
    const rows = page.getByRole('group', { name: 'The lines to put in order' }).locator('ol > li');
    await rows.filter({ hasText: 'thread.run()' }).locator('[data-grip]').focus();
    await page.keyboard.press('Delete');
    await page.getByText('Not used:').waitFor();
    for (const [to, line] of wanted.entries()) {
      const texts = await rows.locator('code').allTextContents();
      const from = texts.findIndex((text, index) => index >= to && text === line.trim());
      await rows.nth(from).locator('[data-grip]').focus();
      for (let at = from; at > to; at--) await page.keyboard.press('ArrowUp');
      if (line.startsWith(' '.repeat(8))) await page.keyboard.press('ArrowRight');
    }
    expect(await wide(page)).toBe(PHONE.width);
    await press(page, 'Grade');
    await page.getByRole('heading', { name: 'Solved' }).waitFor();
    await close(page);
  });

  test('order: a line is dragged', async () => {
    const page = await open('/exercises/threads/all-at-once');
    await editorReady(page);
    const rows = page.getByRole('group', { name: 'The lines to put in order' }).locator('ol > li');
    await rows.first().scrollIntoViewIfNeeded();
    const [from, to] = [await rows.nth(3).boundingBox(), await rows.nth(0).boundingBox()];
    if (!from || !to) throw new Error('there are no lines');
    await page.mouse.move(from.x + 20, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 5, { steps: 4 });
    await page.mouse.up();
    expect(await rows.first().textContent()).toContain('threads = [');
    await expect.poll(() => code(page)).toMatch(/# begin\s+threads = /);
    await close(page);
  });

  test('a link: nothing runs before Replay; then the very run; a changed program is told so', async () => {
    const page = await open('/playground');
    await editorReady(page);
    await type(page, 'import threading\nfor n in range(4):\n    threading.Thread(target=print, args=(n,)).start()');
    await page.getByLabel('Turns').selectOption('random');
    await press(page, 'Run');
    await page
      .getByText(/exit code 0/)
      .first()
      .waitFor();
    const rows = () => page.locator('.xterm-rows > div').allTextContents();
    const output = (await rows()).join('\n').trim();
    await press(page, 'Copy link');
    await page.getByText('Link copied').waitFor();
    const link = await copied(page);
    await page.goto('about:blank');
    await page.goto(link);
    await editorReady(page);
    await page.getByText('Nothing runs before you press Replay').waitFor();
    expect(await page.locator('.xterm').count()).toBe(0);
    await press(page, 'Replay');
    await page
      .getByText(/exit code 0/)
      .first()
      .waitFor();
    expect((await rows()).join('\n').trim()).toBe(output);
    await type(page, "print('another')");
    await press(page, 'Replay');
    await page.getByText(/cannot be shown again: this schedule was recorded for another program/).waitFor();
    await close(page);
  });

  test('a link is shown where it cannot be copied', async () => {
    const page = await open('/playground', { permissions: [] });
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await editorReady(page);
    await press(page, 'Run');
    await press(page, 'Copy link');
    expect(await page.getByLabel('Replay link').inputValue()).toMatch(/^http.*\/replay#replay=[\w-]+$/);
    await press(page, 'Run');
    await page.getByLabel('Replay link').waitFor({ state: 'detached' });
    await close(page);
  });

  test('links of strangers: refused in a sentence, or shown as text', async () => {
    const page = await open('/replay');
    await page.getByText('This page shows a run that somebody shared').waitFor();
    await page.goto(`${server.base}/replay#replay=%3Cscript%3E`);
    await page.getByRole('alert').filter({ hasText: 'not a replay link' }).waitFor();
    await page.goto(`${server.base}/replay#replay=AAAA`);
    await page.getByRole('alert').filter({ hasText: 'damaged' }).waitFor();
    const name = '<img src=x onerror=document.title=1>.py';
    const program = { files: { [name]: '# <script>\n' }, entry: { kind: 'script', file: name } as const };
    const fragment = await encodeReplay({ program, schedule: 'hb1.e.0.x.AAAA.abc', interactive: false, acts: [] });
    await page.goto(`${server.base}/replay#${fragment}`);
    await page.getByText(name).first().waitFor();
    await editorReady(page);
    await press(page, 'Replay');
    await page.getByText(/cannot be shown again: this schedule is damaged/).waitFor();
    expect(await page.title()).not.toBe('1');
    expect(await page.locator('main img').count()).toBe(0);
    await close(page);
  });
});
