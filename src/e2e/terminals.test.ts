/** Several machines on a page, in a real Chromium: terminals, buttons, sliders, the timeline, a link that repeats it all. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { worldOf } from '../course/complete-world.ts';
import { checkWorld } from '../course/world.ts';
import { encodeReplay } from '../worker/replay-link.ts';
import { serveSite } from './built-site.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { close, editorReady, openPage, press } from './site-page.ts';
import type { StaticServer } from './static-server.ts';

const CLIPBOARD = ['clipboard-read', 'clipboard-write'];
/** An exercise whose hidden test lets a machine crash. */
const EXERCISE = '/exercises/sockets/taken-and-gone';
const chromium = await findChromium();
if (!chromium) console.warn(skipped('Tests of the terminals'));

/** One asks, the other answers, again and again. */
const FILES = {
  'tower.py': `import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tower:
    tower.bind(('', 5000))
    print('ready')
    while True:
        text, sender = tower.recvfrom(100)
        print('asked by', sender[0])
        tower.sendto(b'noon', sender)
`,
  'asker.py': `import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
    asker.settimeout(0.3)
    print('hello')
    name = input('Name? ')
    print('I am', name)
    for i in range(1000):
        asker.sendto(b'?', ('tower', 5000))
        try:
            print(i, asker.recv(100).decode())
        except TimeoutError:
            print(i, 'silence')
        if name == 'short' and i == 1:
            break
        import time; time.sleep(0.2)
`,
};
const WORLD = worldOf(
  'the test',
  checkWorld('the test', {
    hosts: [{ name: 'tower' }, { name: 'desk' }],
    terminals: [
      { host: 'tower', command: 'python3 tower.py', service: true, reboots: true },
      { name: 'asker', host: 'desk', command: 'python3 asker.py', start: 0.2 },
    ],
    links: [{ latency: 0.01 }],
  }),
  FILES,
);

describe.skipIf(!chromium)('several machines', () => {
  let server: StaticServer;
  let browser: Browser;
  let link: string;
  const faults: string[] = [];

  beforeAll(async () => {
    server = await serveSite();
    if (chromium) browser = await launch(chromium);
    const program = { files: FILES, entry: { kind: 'terminals' }, stdin: '', world: WORLD } as const;
    link = await encodeReplay({ program, schedule: 'hb1.c.0.x..xxx', interactive: true, acts: [] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });

  async function open(where = `/replay#${link}`, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openPage(browser, server.base + where, faults, { permissions: CLIPBOARD, ...options });
    await editorReady(page);
    return page;
  }
  const card = (page: Page, name: string) => page.getByRole('region', { name: `Terminal ${name}` });
  const shows = async (where: Locator, text: string) => {
    // A terminal out of sight draws nothing.
    await where.locator('.xterm-rows').waitFor();
    await where.scrollIntoViewIfNeeded();
    await where.locator('.xterm-rows').getByText(text).first().waitFor();
  };

  async function begin(page: Page, name: string): Promise<void> {
    await press(page, 'Run all');
    await shows(card(page, 'asker'), 'Name?');
    await card(page, 'asker').getByLabel('Terminal asker: output and standard input').focus();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
  }

  test('each terminal has its own screen and keyboard; the end is told by each, and the timeline has both hosts', async () => {
    const page = await open();
    await card(page, 'asker').getByText('not started').waitFor();
    await begin(page, 'short');
    await shows(card(page, 'asker'), 'I am short');
    await shows(card(page, 'asker'), '1 noon');
    await shows(card(page, 'tower'), 'asked by 10.0.0.2');
    await card(page, 'asker').getByText('exit code 0').waitFor();
    await page.getByText('As text').click();
    const told = page.locator('pre').filter({ hasText: 'on desk' });
    await told.waitFor();
    expect(await told.textContent()).toMatch(/on tower.*: prints "ready"/);
    await close(page);
  });

  test('kill, restart, crash, boot, cut and loss are felt at once; Stop tells all of it', async () => {
    const page = await open();
    await begin(page, 'ann');
    const [tower, asker] = [card(page, 'tower'), card(page, 'asker')];
    await shows(asker, 'noon');
    await page.getByLabel('desk', { exact: true }).check();
    await shows(asker, 'silence');
    await page.getByLabel('desk', { exact: true }).uncheck();
    await press(page, 'Kill asker');
    await asker.getByText('ended by signal 9').waitFor();
    await press(page, 'Crash host tower');
    await page.getByText('no power').waitFor();
    await press(page, 'Boot host tower');
    await tower.getByText('runs', { exact: true }).waitFor();
    await page.getByRole('slider', { name: 'Loss' }).focus();
    await page.keyboard.press('End');
    await page.getByText('100 %').waitFor();
    await press(page, 'Restart asker');
    await shows(asker, 'Name?');
    await asker.getByLabel('Terminal asker: output and standard input').focus();
    await page.keyboard.type('bob\n');
    await shows(asker, 'I am bob');
    await shows(asker, '0 silence');
    await press(page, 'Stop');
    await page.getByText('As text').click();
    await page.locator('pre').filter({ hasText: 'By the reader: crash of tower' }).waitFor();

    // The same run, by whoever gets the link: nobody types or presses anything.
    await press(page, 'Copy link');
    await page.getByText('Link copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const other = await page.context().newPage();
    await other.goto(copied);
    await editorReady(other);
    await press(other, 'Replay');
    await shows(card(other, 'asker'), 'I am ann');
    await shows(card(other, 'asker'), 'I am bob');
    await shows(card(other, 'asker'), 'silence');
    await other.getByText('As text').waitFor();
    expect(await other.getByRole('button', { name: 'Kill asker' }).count()).toBe(0);
    await close(page);
  });

  test('Start begins one terminal alone; the other is begun when the reader says so', async () => {
    const page = await open();
    await press(page, 'Start tower');
    await shows(card(page, 'tower'), 'ready');
    await card(page, 'asker').getByText('not started').waitFor();
    await press(page, 'Start asker');
    await shows(card(page, 'asker'), 'hello');
    await press(page, 'Stop');
    await page.getByText('As text').waitFor();
    await close(page);
  });

  test('by keyboard alone: from Run all to the buttons of the first terminal and the first slider', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Run all' }).focus();
    const names: string[] = [];
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const { activeElement: at } = document;
          return at?.getAttribute('aria-label') ?? (at as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '';
        }),
      );
    }
    for (const name of ['Start tower', 'Start asker', 'Latency', 'Bandwidth', 'tower', 'desk'])
      expect(names.map((one) => one.trim())).toContain(name);
    const latency = page.getByRole('slider', { name: 'Latency' });
    await latency.focus();
    await page.keyboard.press('ArrowRight');
    expect(await latency.getAttribute('aria-valuetext')).toBe('20 ms');
    await close(page);
  });

  test('an exercise runs on its machines, and the run that a fault has broken is shown on them', async () => {
    const page = await open(EXERCISE);
    await press(page, 'Run all');
    await card(page, 'main').getByText('exit code 0').waitFor();
    await press(page, 'Grade');
    await page.getByRole('region', { name: 'Verdict' }).waitFor({ timeout: 60_000 });
    await press(page, 'Replay this run');
    await page.getByText('As text').click();
    await page.locator('pre').filter({ hasText: 'A fault: crash of ann' }).waitFor();
    await page.getByText('returned', { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Start bob' }).count()).toBe(0);
    await close(page);
  });

  test('360 pixels are wide enough, and the terminals stand below each other', async () => {
    const page = await open(undefined, { viewport: { width: 360, height: 740 } });
    await press(page, 'Run all');
    await shows(card(page, 'tower'), 'ready');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBe(0);
    const [tower, asker] = [await card(page, 'tower').boundingBox(), await card(page, 'asker').boundingBox()];
    expect(asker?.x).toBe(tower?.x);
    await press(page, 'Stop');
    await close(page);
  });
});
