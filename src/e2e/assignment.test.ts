/** A student's way through an assignment, on the built site in a real Chromium: from the link to the file that is handed in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Assignment, assignment, writeAssignment } from '../classroom/assignment.ts';
import { encodeAssignment } from '../classroom/assignment-link.ts';
import { submission } from '../classroom/submission.ts';
import { SOLUTIONS } from '../cli/course-files.ts';
import { ENGINE_VERSION } from '../worker/identity.ts';
import { serveSite } from './built-site.ts';
import { findChromium, launch, skipped } from './chromium.ts';
import { close, code, editorReady, focusEditor, openPage, press, shows, type } from './site-page.ts';
import type { StaticServer } from './static-server.ts';

const chromium = await findChromium();
if (!chromium) console.warn(skipped('Tests of assignments'));

const SLUG = 'locks/lost-update';
const TITLE = 'The deposit that vanished';
const SOLUTION = readFileSync(path.join(SOLUTIONS, SLUG, 'exercise.py'), 'utf8');
const HALF = SOLUTION.replace(
  'with self.lock:\n            self.balance = self.balance - amount',
  'self.balance -= amount',
);

const WEEK: Assignment = assignment.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'week-3',
  title: 'Week 3: locks',
  message: 'Read the chapter first.\n\nUpload the file to Moodle.',
  engine: ENGINE_VERSION,
  due: '2126-12-01T23:59:00+01:00',
  late: { kind: 'deduct', perDay: 10, most: 50 },
  attempts: 2,
  asks: ['name', 'id'],
  exercises: [
    {
      slug: SLUG,
      points: 6,
      weights: { 'no deposit is lost': 2 },
      private: { points: 5, print: '0123456789abcdef' },
    },
    { slug: 'locks/transfer', points: 4 },
  ],
});

describe.skipIf(!chromium)('an assignment', () => {
  let server: StaticServer;
  let browser: Browser;
  let link: string;
  const faults: string[] = [];

  beforeAll(async () => {
    server = await serveSite();
    if (chromium) browser = await launch(chromium);
    link = `/assignment#${await encodeAssignment(WEEK)}`;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });

  const open = (where = link, options: BrowserContextOptions = {}, script?: () => void): Promise<Page> =>
    openPage(browser, server.base + where, faults, options, script);
  const main = (page: Page) => page.getByRole('main');
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const choose = async (page: Page, title: string) => {
    await main(page).getByRole('listitem').getByRole('link', { name: title }).click();
    await heading(page, title);
    await editorReady(page);
  };
  const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
  const grade = async (page: Page) => {
    await press(page, 'Grade');
    await verdict(page).waitFor({ timeout: 60_000 });
  };
  const file = (one: Assignment) => ({
    name: 'assignment.json',
    mimeType: 'application/json',
    buffer: Buffer.from(writeAssignment(one)),
  });
  const openFile = async (page: Page, chosen: { name: string; mimeType: string; buffer: Buffer }) =>
    page.getByLabel('Assignment file').setInputFiles(chosen);

  const drop = async (page: Page, name: string, text: string) => {
    const dataTransfer = await page.evaluateHandle(
      (dropped) => {
        const data = new DataTransfer();
        data.items.add(new File([dropped.text], dropped.name, { type: 'application/json' }));
        return data;
      },
      { name, text },
    );
    await page.dispatchEvent('main', 'dragover', { dataTransfer });
    await page.getByText('Drop the file to open it').waitFor();
    await page.dispatchEvent('main', 'drop', { dataTransfer });
  };

  test('by link: what is asked for, the due date in the reader’s own time, one exercise and back', async () => {
    const page = await open(link, { timezoneId: 'Asia/Tokyo' });
    await heading(page, 'Week 3: locks');
    const text = await main(page).textContent();
    expect(text).toContain('Upload the file to Moodle.');
    expect(text).toContain('December 2, 2126 at 07:59 GMT+9');
    expect(text).toMatch(/\d+ days.* left\)\. For each day begun after that, 10% of the points are taken away/);
    expect(text).toContain('0 of 10 points');
    expect(text).toContain('5 more points by tests that your teacher keeps');
    expect(await main(page).getByRole('listitem').count()).toBe(2);
    await page.evaluate(() => window.scrollTo(0, 500));
    await choose(page, TITLE);
    const { search, hash } = new URL(page.url());
    expect(search).toBe(`?exercise=${SLUG}`);
    expect(`/assignment${hash}`).toBe(link);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(TITLE);
    await main(page)
      .getByRole('button', { name: /Show a hint/ })
      .click();
    await page.goBack();
    await heading(page, 'Week 3: locks');
    await page.goForward();
    await heading(page, TITLE);
    await page.reload();
    await heading(page, TITLE);
    await close(page);
  });

  test('grading: every test with its points, attempts that end, a score that is reported, all of it after a reload', async () => {
    const page = await open(link, {}, () => {
      const told: unknown[] = [];
      Object.assign(window, { told, happensBeforeScores: { report: (score: unknown) => told.push(score) } });
    });
    const told = () => page.evaluate(() => (window as unknown as { told: { points: number }[] }).told);
    await choose(page, TITLE);
    await page.getByText('2 of 2 attempts left').waitFor();
    await type(page, HALF);
    await grade(page);
    const lines = verdict(page).getByRole('listitem');
    expect(await lines.count()).toBe(2);
    expect(await lines.nth(0).textContent()).toContain('4 of 4 points');
    expect(await lines.nth(1).textContent()).toContain('0 of 2 points');
    expect(await verdict(page).getByRole('heading').textContent()).toContain('4 of 6 points');
    expect(await verdict(page).textContent()).toContain('5 more points by tests that your teacher keeps');
    await verdict(page).getByRole('button', { name: 'Replay this run' }).click();
    await page.getByText('As text').waitFor();
    await page.getByText('1 of 2 attempts left').waitFor();

    await type(page, SOLUTION);
    await grade(page);
    await verdict(page).getByText('6 of 6 points').waitFor();
    expect((await told()).map(({ points }) => points)).toEqual([0, 4, 6]);
    expect((await told()).at(-1)).toMatchObject({ assignment: 'week-3', possible: 10, kept: 5 });

    await page.getByText('No attempts left').waitFor();
    expect(await page.getByRole('button', { name: 'Grade' }).isDisabled()).toBe(true);
    await focusEditor(page);
    await page.keyboard.press('Control+Shift+Enter');
    await page.keyboard.press('Control+Enter');
    await shows(page, 'balance: 20');
    await page.reload();
    await editorReady(page);
    expect(await code(page)).toContain('with self.lock:');
    expect(await page.getByRole('button', { name: 'Grade' }).isDisabled()).toBe(true);
    expect(await main(page).textContent()).toMatch(/6 of 6 points · Last graded .*: Solved/);
    await close(page);
  });

  test('handing in: asks, warns, makes a file that the schema takes; another browser goes on with it', async () => {
    const page = await open();
    await choose(page, TITLE);
    await type(page, SOLUTION);
    await grade(page);
    await type(page, `${SOLUTION}# later\n`);
    await main(page).getByRole('link', { name: 'Hand in' }).click();
    await heading(page, 'Hand in');
    await main(page).getByText('changed since it was last graded').waitFor();
    await main(page).getByText('1 exercise is untouched and will count as not handed in.').waitFor();
    await main(page).getByText('The code of 1 exercise was not graded as it is now').waitFor();
    await press(page, 'Make the submission file');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await page.getByText('Your name is missing').waitFor();
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('Your student id').fill(' s-1815 ');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Make the submission file')]);
    expect(download.suggestedFilename()).toBe('week-3-s-1815.hb.json');
    await page.getByText('Nothing was sent anywhere.').waitFor();
    const text = readFileSync(await download.path(), 'utf8');
    const made = submission.parse(JSON.parse(text));
    expect(made).toMatchObject({
      assignment: 'week-3',
      engine: ENGINE_VERSION,
      student: { name: 'Ada Lovelace', id: 's-1815' },
    });
    expect(Object.keys(made.exercises)).toEqual([SLUG]);
    expect(made.exercises[SLUG]?.files['exercise.py']?.replace(/\s+$/, '')).toBe(`${SOLUTION}# later`);
    expect(made.exercises[SLUG]?.attempts.map((one) => one.verdict)).toEqual(['passed']);
    await main(page).getByRole('link', { name: 'Week 3' }).click();
    await main(page)
      .getByText(/last made .*\d{4}/)
      .waitFor();
    await page.reload();
    await main(page)
      .getByText(/last made .*\d{4}/)
      .waitFor();
    await close(page);

    const other = await open();
    await choose(other, TITLE);
    await type(other, '# something else');
    await drop(other, 'mine.hb.json', text);
    await heading(other, 'Week 3: locks');
    await press(other, 'Change nothing');
    await other.getByText('Nothing was changed.').waitFor();
    const back = { name: 'mine.hb.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await other.getByLabel('Submission file').setInputFiles(back);
    await press(other, 'Replace it');
    await other.getByText('the code of 1 exercise and 1 attempt that were not here').waitFor();
    await choose(other, TITLE);
    expect(await code(other)).toContain('# later');
    await other.getByText('1 of 2 attempts left').waitFor();
    await close(other);
  });

  test('by file: chosen or dropped, remembered, removed; what it asks for and this site cannot is said', async () => {
    const page = await open('/assignment');
    await heading(page, 'Assignment');
    await openFile(page, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await page.getByText('notes.txt is not a JSON file').waitFor();
    const odd = {
      ...WEEK,
      id: 'odd',
      title: 'From elsewhere',
      engine: 'other',
      exercises: [...WEEK.exercises, { slug: 'nowhere/none', points: 1, weights: {} }],
    };
    await openFile(page, file(odd));
    await heading(page, 'From elsewhere');
    expect(new URL(page.url()).search).toBe('?assignment=odd');
    await main(page).getByText('does not have one exercise of the assignment: nowhere/none').waitFor();
    await main(page).getByText('the final grading may differ').waitFor();

    await drop(page, 'mine.hb.json', '{"format":"happens-before/submission","assignment":"week-3"}');
    await page.getByText('Open that assignment first').waitFor();
    await drop(page, 'assignment.json', writeAssignment(WEEK));
    await heading(page, 'Week 3: locks');
    await page.reload();
    await heading(page, 'Week 3: locks');

    await main(page).getByRole('link', { name: 'All assignments' }).click();
    await main(page).getByRole('link', { name: 'From elsewhere' }).waitFor();
    await press(page, 'Remove From elsewhere');
    await press(page, 'Remove it');
    await main(page).getByRole('link', { name: 'From elsewhere' }).waitFor({ state: 'detached' });
    await page.reload();
    await main(page).getByRole('link', { name: 'Week 3: locks' }).click();
    await heading(page, 'Week 3: locks');
    await close(page);
  });

  test('a link that is damaged, or names what is not there, says what to do', async () => {
    const page = await open(link.slice(0, -8));
    const alert = main(page).getByRole('alert').first();
    await alert.getByText('Ask your teacher for the link or the file again').waitFor();
    expect(await alert.textContent()).toContain('this link is damaged');
    await page.goto(`${server.base}/assignment?assignment=week-9`);
    await alert.getByText('does not know an assignment “week-9”').waitFor();
    await page.goto(`${server.base}/assignment?exercise=locks/none${link.slice('/assignment'.length)}`);
    await alert.getByText('has no exercise “locks/none”').waitFor();
    await close(page);
  });

  test('where the browser stores nothing, the page says so and can still be worked with', async () => {
    const page = await open(link, {}, () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await page.getByText('lets this site store nothing').first().waitFor();
    await choose(page, TITLE);
    await type(page, SOLUTION);
    await grade(page);
    await main(page).getByRole('link', { name: 'Hand in' }).click();
    await main(page).getByText('as it was graded').waitFor();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Your student id').fill('1');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Make the submission file')]);
    const made = submission.parse(JSON.parse(readFileSync(await download.path(), 'utf8')));
    expect(made.exercises[SLUG]?.files['exercise.py']).toContain('with self.lock:');
    await close(page);
  });

  test('by keyboard alone: from the overview to a verdict and to the file', async () => {
    const page = await open();
    await heading(page, 'Week 3: locks');
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim();
      });
    const tabTo = async (name: string) => {
      for (let tries = 0; tries < 60 && !(await focused()).startsWith(name); tries++) await page.keyboard.press('Tab');
      expect(await focused()).toContain(name);
    };
    await tabTo(TITLE);
    await page.keyboard.press('Enter');
    await heading(page, TITLE);
    await editorReady(page);
    // The editor takes Tab for itself until Escape was pressed.
    for (let tries = 0; tries < 60 && (await focused()) !== 'Grade'; tries++) {
      if (await page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null))
        await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await verdict(page).waitFor({ timeout: 60_000 });
    await tabTo('Hand in');
    await page.keyboard.press('Enter');
    await heading(page, 'Hand in');
    await page.getByLabel('Your name').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('18');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('week-3-18.hb.json');
    await close(page);
  });

  test('360 pixels are wide enough, from the start to the file', async () => {
    const page = await open('/assignment', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await heading(page, 'Assignment');
    expect(await over()).toBe(0);
    await openFile(page, file({ ...WEEK, title: 'A'.repeat(190), message: 'm'.repeat(300) }));
    await main(page).getByRole('listitem').first().waitFor();
    expect(await over()).toBe(0);
    await choose(page, TITLE);
    await grade(page);
    expect(await over()).toBe(0);
    await main(page).getByRole('link', { name: 'Hand in' }).click();
    await page.getByLabel('Your name').waitFor();
    expect(await over()).toBe(0);
    await close(page);
  });
});
