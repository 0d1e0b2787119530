/** A packaged assignment in a learning platform: another project's SCORM run-time, in a frame around it, below some path. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assignment as schema } from '../classroom/assignment.ts';
import { packageFiles } from '../cli/classroom/export/scorm.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { code, editorReady, press, type } from './site-page.ts';
import { type StaticServer, serve } from './static-server.ts';

const SLUG = 'locks/lost-update';
const CONTENT = '/pluginfile.php/7/content/';
const root = path.resolve(import.meta.dirname, '../..');
const solution = (name: string) => readFileSync(path.join(root, 'solutions', SLUG, name), 'utf8');
const assignment = schema.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'week-3',
  title: 'Locks </script> & more',
  engine: '4',
  exercises: [
    { slug: SLUG, points: 12, weights: { 'no deposit is lost': 3 } },
    { slug: 'threads/after-you', points: 4 },
  ],
});

/** A platform that keeps what it is told, as one does: by student, and from visit to visit. */
const LMS = `<!doctype html><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<script src="/scorm-again/scorm2004.min.js"></script>
<script>
const who = new URLSearchParams(location.search).get('who');
const api = new Scorm2004API({ autocommit: false, logLevel: 5 });
const kept = localStorage.getItem('lms ' + who);
api.loadFromJSON({ learner_id: who, entry: kept ? 'resume' : 'ab-initio', ...JSON.parse(kept ?? '{}') }, 'cmi');
window.log = [];
for (const name of ['Initialize', 'Commit', 'Terminate']) api.on(name, () => log.push(name));
api.on('Commit', () => {
  const { suspend_data, completion_status, success_status, score, objectives } = JSON.parse(JSON.stringify(api.cmi));
  localStorage.setItem('lms ' + who, JSON.stringify({ suspend_data, completion_status, success_status, score, objectives }));
});
for (const name of ['session_time', 'exit']) {
  api.on('SetValue.cmi.' + name, (_, value) => localStorage.setItem(name + ' ' + who, value));
}
window.API_1484_11 = api;
</script>
<iframe src="${CONTENT}index.html" style="width: 1200px; height: 900px"></iframe>`;

const chromium = await findChromium();
if (!chromium) console.warn(skipped('The test of SCORM packages'));

describe.skipIf(!chromium)('a SCORM package', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hb-scorm-'));
  let server: StaticServer;
  let browser: Browser;
  let context: BrowserContext;
  let names: string[];

  beforeAll(async () => {
    const files = await packageFiles(assignment);
    names = [...files.keys()];
    for (const [name, contents] of files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), contents);
    }
    server = await serve(
      { [CONTENT]: folder, '/scorm-again/': path.join(root, 'node_modules/scorm-again/dist') },
      ({ url }, response) => {
        if (!url?.startsWith('/lms')) return false;
        response.writeHead(200, { 'content-type': 'text/html' }).end(LMS);
        return true;
      },
    );
    browser = await launch(chromium as NonNullable<typeof chromium>);
    context = await browser.newContext();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Visit {
    /** The platform's page. */
    readonly lms: Page;
    /** The package in its frame, as the helpers take it. */
    readonly page: Page;
    readonly asked: string[];
    /** Of what the platform was told last. */
    told(element: string): Promise<unknown>;
  }

  async function visit(who: string): Promise<Visit> {
    const lms = await context.newPage();
    const asked: string[] = [];
    lms.on('request', (request) => asked.push(request.url()));
    await lms.goto(`${server.base}/lms?who=${who}`);
    const frame = lms.frame({ url: (url) => url.pathname.startsWith(CONTENT) }) as Frame;
    const page = {
      locator: frame.locator.bind(frame),
      getByRole: frame.getByRole.bind(frame),
      getByText: frame.getByText.bind(frame),
      evaluate: frame.evaluate.bind(frame),
      keyboard: lms.keyboard,
    } as unknown as Page;
    const told = (element: string) =>
      lms.evaluate(
        (name) =>
          name
            .split('.')
            .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], window['API_1484_11' as never]),
        element,
      );
    return { lms, page, asked, told };
  }

  async function openExercise(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'The deposit that vanished' }).first().click();
    await editorReady(page);
  }

  test('reports what Grade says, comes back with the code, and leaves nothing for the next student', async () => {
    const first = await visit('ann');
    await first.page.getByText('your points are reported to it').waitFor();
    await openExercise(first.page);
    expect(await first.told('cmi.completion_status')).toBe('incomplete');
    expect(await first.told('cmi.score.scaled')).toBe('');

    await type(first.page, solution('wrong-deposit-only.py'));
    await press(first.page, 'Grade');
    await first.page.getByText('Reported to the learning platform: 9 of 16 points.').waitFor({ timeout: 60_000 });
    expect(await first.told('cmi.score.scaled')).toBe('0.5625');
    expect(await first.told('cmi.score.max')).toBe('16');
    expect(await first.told('cmi.success_status')).toBe('unknown');

    await type(first.page, solution('exercise.py'));
    await press(first.page, 'Grade');
    await first.page.getByText('Reported to the learning platform: 12 of 16 points.').waitFor({ timeout: 60_000 });
    expect(await first.told('cmi.score.scaled')).toBe('0.75');
    expect(await first.told('cmi.objectives.childArray.0.id')).toBe('locks.lost-update');
    expect(await first.told('cmi.objectives.childArray.0.score.scaled')).toBe('1');
    expect(await first.told('cmi.objectives.childArray.0.success_status')).toBe('passed');

    // Typed, not graded, and the page closed at once.
    await type(first.page, '# to be continued');
    await first.page.locator('.monaco-editor').getByText('# to be continued').waitFor();
    await first.lms.evaluate(() => document.querySelector('iframe')?.remove());
    expect(await first.lms.evaluate(() => window['log' as never] as unknown)).toContain('Terminate');
    const last = await first.lms.evaluate(() => [
      localStorage.getItem('session_time ann'),
      localStorage.getItem('exit ann'),
    ]);
    expect(last).toEqual([expect.stringMatching(/^PT0H\d+M[\d.]+S$/), 'suspend']);
    // Nothing came from elsewhere, and all that was asked for is in the package.
    const paths = first.asked.filter((url) => !/^(data|blob):/.test(url)).map((url) => url.replace(server.base, ''));
    const outside = paths.filter((one) => !one.startsWith(CONTENT));
    expect(outside).toEqual(['/lms?who=ann', '/scorm-again/scorm2004.min.js']);
    const inPackage = paths
      .filter((one) => one.startsWith(CONTENT))
      .map((one) => one.slice(CONTENT.length).replace(/[?#].*/, ''));
    expect(inPackage.filter((name) => !names.includes(name))).toEqual([]);
    await first.lms.close();

    const again = await visit('ann');
    await openExercise(again.page);
    expect(await code(again.page)).toBe('# to be continued');
    await again.page.getByText('12 of 12 points').first().waitFor();
    expect(await again.told('cmi.score.scaled')).toBe('0.75');
    await again.lms.close();

    const other = await visit('bob');
    await openExercise(other.page);
    expect(await code(other.page)).toContain('self.balance = self.balance + amount');
    await other.page.getByText('0 of 12 points').first().waitFor();
    await other.lms.close();
  }, 90_000);

  test('without a platform it says that nobody is told, and keeps the code in the browser', async () => {
    const page = await context.newPage();
    await page.goto(`${server.base}${CONTENT}index.html`);
    await page.getByText('This page was not opened by a learning platform').waitFor();
    await openExercise(page);
    await type(page, '# alone');
    await page.locator('.monaco-editor').getByText('# alone').waitFor();
    await page.reload();
    await editorReady(page);
    expect(await code(page)).toBe('# alone');
    await page.close();
  });
});
