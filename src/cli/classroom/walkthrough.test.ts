/** docs/teachers/index.md, as its reader does it: each command as it stands there, and the points that its table says. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXERCISES } from '../course-files.ts';

const root = path.dirname(EXERCISES);
const page = readFileSync(path.join(root, 'docs/teachers/index.md'), 'utf8');
const SAMPLE = path.join(root, 'docs/teachers/sample-class');

const folder = mkdtempSync(path.join(os.tmpdir(), 'hb-walkthrough-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a reader would type, but into a folder of its own. */
const commands = [...page.matchAll(/```sh\nnpx hb ([\s\S]*?)```/g)].map(([, words = '']) =>
  [...words.replaceAll('\\\n', ' ').matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, plain = '']) => quoted ?? plain)
    .map((word) => word.replace(/^my-/, `${folder}/my-`)),
);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const ended: Ended[] = [];

beforeAll(() => {
  for (const words of commands) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'src/cli/hb.mjs'), ...words], {
      cwd: root,
      encoding: 'utf8',
      input: '',
    });
    ended.push({ code: status, out: stdout, err: stderr });
  }
}, 240_000);

interface Row {
  readonly name: string;
  readonly points: string;
  readonly received_by: string;
}

function gradebook(): Map<string, Row> {
  const text = readFileSync(path.join(folder, 'my-class/gradebook.csv'), 'utf8').replace(/^\uFEFF/, '');
  const { data } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  return new Map(data.map((row) => [row.name.split(' ')[0] ?? '', row]));
}

test('six commands, of which the first one asks', () => {
  expect(commands.map(([, name]) => name)).toEqual(['assign', 'assign', 'link', 'grade', 'grade', 'grade']);
  expect(ended[0]).toMatchObject({ code: 2, err: expect.stringContaining('which exercises? In a terminal it asks') });
});

test('the assignment that is made by options is the sample’s', () => {
  expect(ended[1]?.code).toBe(0);
  const made = JSON.parse(readFileSync(path.join(folder, 'my-assignment.json'), 'utf8'));
  const { message, ...sample } = JSON.parse(readFileSync(path.join(SAMPLE, 'assignment.json'), 'utf8'));
  expect(made).toEqual({ ...sample, message: '' });
  expect(message).not.toBe('');
});

test('the link is one line', () => {
  expect(ended[2]).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^http:\/\/localhost:3000\/assignment#\S+\n$/),
  });
});

test('everybody is graded but Lea, who is named, with what to do', () => {
  expect(ended[3]?.out).toContain('13 students, 11 of them handed something in.');
  expect(ended[3]?.out).toContain('lea.hb.json: is not valid JSON; it may have been cut off. Ask the student');
  expect(ended[3]?.code).toBe(1);
});

test('the second time nothing is graded anew, and failures are links', () => {
  expect(ended[4]?.err).toMatch(/^hb: (\d+) of \1 were graded before, and have not changed$/m);
  const report = readFileSync(path.join(folder, 'my-class/report/students/s1003.html'), 'utf8');
  expect(report).toContain('http://localhost:3000/replay#replay=');
});

test('each student of the table has the points that it says', () => {
  const book = gradebook();
  const rows = [...page.matchAll(/^\| (\w+) +\|.*\| +([\d.]+) \|$/gm)];
  expect(rows).toHaveLength(12);
  for (const [, name = '', points] of rows) expect([name, book.get(name)?.points]).toEqual([name, points]);
  expect(book.get('Mia')).toMatchObject({ points: '0', received_by: '' });
});

test('without the list of times, the students’ own dates count, and the gradebook says so', () => {
  expect(ended[5]?.err).toMatch(/^hb: (\d+) of \1 were graded before/m);
  expect(gradebook().get('Fatou')?.received_by).toBe('student');
});

test('what Ivan wanted did not happen', () => {
  expect(existsSync('/tmp/all-of-you.txt')).toBe(false);
  expect(existsSync('/etc/cron.d/ten-points')).toBe(false);
  expect(ended.map(({ out, err }) => out + err).join('')).not.toContain('ten points for Ivan');
});

test('Bruno and Goran are at the top of the answers that are alike', () => {
  const alike = readFileSync(path.join(folder, 'my-class/report/similarity/index.html'), 'utf8');
  const rows = [...alike.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) => row);
  const first = rows.find((row) => row.includes('Goran') || row.includes('Bruno'));
  expect(first).toContain('Goran');
  expect(first).toContain('Bruno');
});
