/** What a reader of the site waits for, in a real Chromium, beside a bare page with stock Pyodide. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium as playwright } from 'playwright-core';
import { type Chromium, launch } from '../e2e/chromium.ts';
import { serve } from '../e2e/static-server.ts';
import type { PageFigures } from './engine-page.ts';
import { gradingJobs, jobsModule } from './grading-jobs.ts';
import { type TimelineFigures, timelineFrames } from './timeline-figures.ts';

export interface Visits {
  /** Milliseconds from navigation to the first output, in a browser that has never been here. */
  readonly cold: number[];
  /** The same on the second visit. */
  readonly warm: number[];
}

export interface BrowserFigures {
  readonly version: string;
  readonly site: Visits;
  readonly stock: Visits;
  /** Milliseconds from pressing Run to its output, on a page where something ran before. */
  readonly again: number[];
  /** Page to kilobytes of JavaScript (gzip) that it runs before an editor opens. */
  readonly scripts: Readonly<Record<string, number>>;
  /** The same of the engine's own script, which is fetched beside it and runs in a worker. */
  readonly engineScript: number;
  readonly timeline: TimelineFigures;
  readonly inPage: PageFigures;
}

const VISITS = 5;
const RUNS_AGAIN = 20;
const PAGES = ['/', '/learn/threads', '/learn/locks', '/exercises/locks/lost-update', '/playground', '/progress'];
const DRAFT = 'hb:draft:playground:main.py';

export async function measureBrowser(chromium: Chromium, root: string): Promise<BrowserFigures> {
  const pyodide = path.join(root, 'node_modules/pyodide');
  const { version } = JSON.parse(readFileSync(path.join(pyodide, 'package.json'), 'utf8'));
  const stockUrl = `/stock/v${version}/`;
  const pages: Record<string, [string, string]> = {
    '/stock.html': ['text/html', stockPage(stockUrl)],
    '/bench.html': ['text/html', '<!doctype html><body><script type="module" src="/bench.js"></script>'],
    '/bench.js': ['text/javascript', await bundled()],
  };
  const site = path.join(root, '.cache/site');
  const server = await serve({ '/': site, [stockUrl]: pyodide }, (request, response) => {
    const page = pages[request.url ?? ''];
    if (page) response.writeHead(200, { 'content-type': page[0] }).end(page[1]);
    return page !== undefined;
  });
  try {
    const ours: Visits = { cold: [], warm: [] };
    const stock: Visits = { cold: [], warm: [] };
    for (let i = 0; i < VISITS; i++) {
      await visit(chromium, `${server.base}/playground`, ours);
      await visit(chromium, `${server.base}/stock.html`, stock);
    }
    const browser = await launch(chromium);
    try {
      const again = await runAgain(await browser.newContext(), server.base);
      const timeline = await timelineFrames(await browser.newContext(), server.base, DRAFT);
      const scripts: Record<string, number> = {};
      for (const page of PAGES) {
        scripts[page] = await scriptsOf(await browser.newContext(), server.base, page, site);
      }
      const bench = await browser.newPage();
      await bench.goto(`${server.base}/bench.html`);
      await bench.waitForFunction(() => 'measure' in globalThis);
      const inPage = await bench.evaluate(() => globalThis.measure());
      const engineScript = packed(path.join(site, 'engine/worker.js'));
      return { version: browser.version(), site: ours, stock, again, timeline, scripts, engineScript, inPage };
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

/** One reader: a profile of its own on disk, a first visit, a second one. */
async function visit(chromium: Chromium, url: string, visits: Visits): Promise<void> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'hb-bench-'));
  const context = await playwright.launchPersistentContext(profile, {
    executablePath: chromium.executablePath,
    args: [...chromium.args],
    viewport: { width: 1280, height: 800 },
  });
  try {
    await context.addInitScript(impatient, DRAFT);
    for (const times of [visits.cold, visits.warm]) {
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'commit' });
      await page.waitForFunction(() => 'shown' in globalThis, undefined, { timeout: 60_000, polling: 50 });
      times.push(await page.evaluate(() => (globalThis as unknown as { shown: number }).shown));
      // The browser writes its caches when it finds the time.
      await page.waitForTimeout(1500);
      await page.close();
    }
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Inside the page, from its very beginning: presses Run the moment it works, and notes when "hi" is on the screen. */
function impatient(draft: string): void {
  localStorage.setItem(draft, 'print("hi")\n');
  const output = () => document.querySelector('.xterm-rows, #output')?.textContent ?? '';
  const look = () => {
    if (output().includes('hi')) {
      Object.assign(globalThis, { shown: performance.now() });
      return;
    }
    // Until the page is alive a press does nothing; then the button says Stop.
    for (const button of document.querySelectorAll('button')) if (button.textContent === 'Run') button.click();
    setTimeout(look, 5);
  };
  look();
}

function stockPage(url: string): string {
  return `<!doctype html><title>Stock Pyodide</title><pre id="output"></pre><script type="module">
import { loadPyodide } from '${url}pyodide.mjs';
const output = document.getElementById('output');
const python = await loadPyodide({ stdout: (line) => output.append(line + '\\n') });
python.runPython('print("hi")');
</script>`;
}

async function runAgain(context: BrowserContext, base: string): Promise<number[]> {
  const page = await context.newPage();
  await page.addInitScript((draft) => localStorage.setItem(draft, 'import random\nprint(random.random())\n'), DRAFT);
  await page.goto(`${base}/playground`);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.getByLabel('Turns').selectOption('random');
  const times = await page.evaluate(async (runs) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const output = () => document.querySelector('.xterm-rows')?.textContent ?? '';
    const button = () => [...document.querySelectorAll('button')].find((b) => b.textContent === 'Run');
    const measured: number[] = [];
    // The first run is the page's first, and not what is measured.
    for (let i = 0; i <= runs; i++) {
      const before = output();
      const pressed = performance.now();
      button()?.click();
      while (output() === before || !/0\.\d+/.test(output())) await frame();
      measured.push(performance.now() - pressed);
      while (!button()) await frame();
      // A reader reads.
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return measured.slice(1);
  }, RUNS_AGAIN);
  await context.close();
  return times;
}

/** Kilobytes of JavaScript, packed, that a page fetches while no editor is in view. */
async function scriptsOf(context: BrowserContext, base: string, where: string, site: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.IntersectionObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    } as unknown as typeof IntersectionObserver;
  });
  const scripts = new Set<string>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js') && !pathname.startsWith('/engine/')) scripts.add(pathname);
  });
  await page.goto(base + where, { waitUntil: 'networkidle' });
  await context.close();
  return [...scripts].reduce((sum, name) => sum + packed(path.join(site, name)), 0);
}

/** Kilobytes. */
function packed(file: string): number {
  return gzipSync(readFileSync(file)).length / 1000;
}

async function bundled(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: {
      contents: `import './engine-page.ts';\n${jobsModule(await gradingJobs())}`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
