/** Every attack against the engine of the site, in the machine's Chromium: the same list, and what only a browser has. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launch, skipped } from '../e2e/chromium.ts';
import { REFUSED } from './arena.ts';
import { ATTACKS } from './cases.ts';

const root = path.resolve(import.meta.dirname, '../..');
const secret = `SECRET-${Math.random().toString(36).slice(2)}`;
const chromium = await findChromium();
if (!chromium) console.log(skipped('attacks in the browser'));

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, `src/attacks/${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
  });
  return outputFiles[0]?.text ?? '';
}

describe.skipIf(!chromium)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  /** Requests for what nobody but an attack asks for. */
  const calls: string[] = [];
  let home = '';
  const texts: Record<string, string> = {};
  const server = createServer((request, response) => {
    const url = (request.url ?? '/').split('?')[0] as string;
    const own = texts[url];
    const [, folder, file] = /^\/(engine|intruder)\/([\w.]+)$/.exec(url) ?? [];
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (own !== undefined) {
      response.setHeader('Content-Type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
      response.end(own);
    } else if (folder === 'intruder' && file === 'pyodide.asm.mjs') response.end(home);
    else if (file) response.end(readFileSync(path.join(root, 'static/engine', file)));
    else {
      if (url !== '/favicon.ico') calls.push(url);
      response.statusCode = 404;
      response.end();
    }
  });
  server.on('upgrade', (request, socket) => {
    calls.push(`upgrade ${request.url}`);
    socket.destroy();
  });

  beforeAll(async () => {
    if (!chromium) return;
    texts['/'] =
      `<!doctype html><meta charset="utf-8"><title>x</title><body><script type="module" src="/page.js"></script>`;
    texts['/page.js'] = await bundle('page');
    texts['/intruder/worker.js'] = await bundle('intruder');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    home = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
    browser = await launch(chromium);
    page = await browser.newPage();
    await page.goto(home);
    // What a program would like to have: the page's storage, cookie and variables.
    await page.evaluate((said) => {
      localStorage.setItem('secret', said);
      // biome-ignore lint/suspicious/noDocumentCookie: an attack would look here, not in the cookie store
      document.cookie = `secret=${said}`;
      Object.assign(window, { secret: said });
      new BroadcastChannel('page').onmessage = ({ target }) => (target as BroadcastChannel).postMessage(said);
    }, secret);
    await page.evaluate(() => window.attacks.start());
  });

  afterAll(async () => {
    await browser?.close();
    server.close();
  });

  test.each(ATTACKS.map(({ name }) => name))('%s', async (name) => {
    expect(await page.evaluate(([n, s]) => window.attacks.run(n as string, s as string), [name, secret])).toEqual([]);
    expect(calls).toEqual([]);
    expect(await page.evaluate(() => localStorage.getItem('secret'))).toBe(secret);
  });

  test.each(REFUSED.map(({ name, says }) => [name, says] as const))('refused: %s', async (name, says) => {
    expect(await page.evaluate((n) => window.attacks.refuse(n), name)).toMatch(says);
  });

  test('a script in the engine’s place finds every way out closed', async () => {
    const told = JSON.parse(await page.evaluate(() => window.attacks.place('/intruder/')));
    // The one thing that no policy closes, since the engine's own worker is started so; \`seal\` takes \`Worker\` away.
    const OWN = ['nested worker', 'nested module worker'];
    expect(told.open.filter((name: string) => !OWN.includes(name))).toEqual([]);
    expect(told.still).toEqual([]);
    expect(calls).toEqual([]);
  });

  test('the frame has no origin, no storage and no way to the page', async () => {
    const frame = page.frames().find((one) => one !== page.mainFrame());
    const told = await frame?.evaluate(async () => {
      const open: string[] = [];
      const attempt = async (name: string, action: () => unknown) => {
        try {
          if ((await action()) !== false) open.push(name);
        } catch {
          // Closed.
        }
      };
      await attempt('localStorage', () => localStorage.length);
      await attempt('cookie', () => document.cookie);
      await attempt('parent', () => parent.document.body);
      await attempt('top', () => (window.top as Window).location.href);
      await attempt('fetch', () => fetch('http://127.0.0.1/'));
      await attempt('window.open', () => window.open('about:blank') !== null);
      await attempt(
        'image',
        () => new Promise((yes, no) => Object.assign(new Image(), { onload: yes, onerror: no, src: '/image.png' })),
      );
      await attempt('indexedDB', () => indexedDB.open('x'));
      return { open, origin: window.origin };
    });
    expect(told).toEqual({ open: [], origin: 'null' });
    expect(calls).toEqual([]);
  });
});
