import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create } from 'xmlbuilder2';
import type { ClassResults } from '../../../classroom/graded.ts';
import { madeUpClass, PRIVATE_TEST } from '../../../classroom/report/made-up-class.ts';
import { type ResultsOptions, writeResults } from './write-results.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  "=cmd|' /C calc'!A0",
  '../../x',
  'gpj.\u202Eexe',
  '\u0000\u001b]0;title\u0007',
  '"><img src=x onerror=alert(1)>',
  '__proto__',
  'con',
  'x'.repeat(5000),
];
const OPTIONS: ResultsOptions = { site: 'https://example.org/hb/', similarity: null };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'hb-results-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function textsIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((one) => one.isFile() && path.basename(one.parentPath) !== '.grading')
    .map((one) => path.join(one.parentPath, one.name));
  return new Map(
    await Promise.all(files.map(async (file) => [path.relative(folder, file), await readFile(file, 'utf8')] as const)),
  );
}

const writing = async (name: string, results: ClassResults, options = OPTIONS) => {
  const folder = path.join(root, name);
  return { folder, paths: await writeResults(folder, results, options), texts: await textsIn(folder) };
};

describe('a class with hostile names', () => {
  let folder: string;
  let paths: string[];
  let texts: Map<string, string>;
  beforeAll(async () => {
    ({ folder, paths, texts } = await writing('hostile', madeUpClass({ size: 28, hostile: HOSTILE })));
  });

  test('what is returned is what was written, and lies in the folder', () => {
    expect(new Set(paths)).toEqual(new Set([...texts.keys()].map((file) => path.join(folder, file))));
    expect(paths.slice(0, 2).map((file) => path.relative(folder, file))).toEqual([
      'gradebook.csv',
      'report/index.html',
    ]);
    for (const file of paths) expect(path.resolve(file).startsWith(path.resolve(folder) + path.sep)).toBe(true);
  });

  test('no page has markup, scripts or control characters of a student', () => {
    const pages = [...texts].filter(([file]) => file.endsWith('.html'));
    expect(pages).toHaveLength(1 + 28 + 28);
    for (const [file, text] of pages) {
      expect(text.match(/<script/g)?.length ?? 0, file).toBe(file === 'report/index.html' ? 1 : 0);
      expect(text, file).not.toMatch(/<img|onerror=alert\(1\)>|\u202e|javascript:/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(text, file).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
      expect(text, file).toContain(`content="default-src &#39;none&#39;;`);
    }
  });

  test('pages link to files that are there', () => {
    const index = texts.get('report/index.html') ?? '';
    const links = [...index.matchAll(/href="(students\/[^"]+)"/g)].map(([, link = '']) => decodeURIComponent(link));
    expect(new Set(links).size).toBe(28);
    for (const link of links) expect(texts.has(`report/${link}`), link).toBe(true);
  });

  test('every XML and JSON file can be read', () => {
    for (const [file, text] of texts) {
      if (file.endsWith('.xml')) expect(() => create(text), file).not.toThrow();
      if (file.endsWith('.json')) expect(JSON.parse(text), file).toMatchObject({ stdout_visibility: 'hidden' });
    }
  });

  test('the gradebook computes nothing', () => {
    const cells = (texts.get('gradebook.csv') ?? '').split(/[\r\n,;]/);
    expect(cells.filter((cell) => /^"?\s*[=+@]/.test(cell))).toEqual([]);
  });
});

test('what students get has nothing of the private tests and nothing of each other', async () => {
  const results = madeUpClass({ size: 28 });
  const { texts } = await writing('feedback', results);
  const feedback = [...texts].filter(([file]) => file.startsWith('feedback'));
  expect(feedback).toHaveLength(28);
  for (const [file, text] of feedback) {
    expect(text, file).not.toContain(PRIVATE_TEST);
    expect(text, file).not.toMatch(/privateAAAA|1private|secretly|replay=private/);
    const others = results.students.filter(({ student }) => !file.includes(student.id));
    for (const { student } of others) expect(text.includes(student.id), `${student.id} in ${file}`).toBe(false);
  }
  expect(texts.get(path.join('feedback', 's1004', 'index.html'))).toContain('0 of 1 test of your teacher’s own passed');
  // The search above can fail: the teacher's page has it all.
  expect(texts.get(path.join('report', 'students', 's1004.html'))).toContain(PRIVATE_TEST);
});

test('the same results give the same files, byte for byte', async () => {
  const results = madeUpClass({ size: 28 });
  expect((await writing('once', results)).texts).toEqual((await writing('again', structuredClone(results))).texts);
});

test('who handed nothing in has a page, and no submission', async () => {
  const { texts } = await writing('absent', madeUpClass({ size: 9 }));
  expect(texts.get(path.join('feedback', 's1009', 'index.html'))).toContain('Nothing was handed in under your name');
  expect([...texts.keys()].filter((file) => file.startsWith(path.join('submissions', 's1009')))).toEqual([]);
});

test('a class of nobody', async () => {
  const { texts } = await writing('nobody', { ...madeUpClass({ size: 0 }), refused: [] });
  expect([...texts.keys()].sort()).toEqual(['gradebook.csv', path.join('report', 'index.html')]);
  expect(texts.get(path.join('report', 'index.html'))).toContain('<b>0 of 0</b>');
});

describe('an earlier grading into the same folder', () => {
  const earlier = madeUpClass({ size: 5 });

  test('leaves nothing behind that is no longer true', async () => {
    const { folder, texts: first } = await writing('stale', earlier);
    expect(first.has('canvas.csv')).toBe(true);
    const students = earlier.students.slice(0, 3).map((one) => ({ ...one, student: { ...one.student, columns: {} } }));
    const { paths, texts } = await writing('stale', { ...earlier, students });
    expect(new Set(paths)).toEqual(new Set([...texts.keys()].map((file) => path.join(folder, file))));
    expect(texts.has('canvas.csv')).toBe(false);
    expect(texts.get(path.join('report', 'index.html'))).toContain('canvas.csv: grades to import into Canvas.');
    expect((await readdir(path.join(folder, 'feedback'))).sort()).toEqual(['s1001', 's1002', 's1003']);
  });

  test('takes nothing that somebody else put there', async () => {
    const { folder } = await writing('kept', earlier);
    const kept = [path.join('feedback', 's1005', 'remarks.txt'), path.join('report', 'mine.html'), 'mine.txt'];
    for (const file of kept) await writeFile(path.join(folder, file), 'mine');
    await writeFile(path.join(root, 'outside.csv'), 'mine');
    const list = path.join(folder, '.grading', 'written.json');
    const names = [
      ...JSON.parse(await readFile(list, 'utf8')),
      'report/../../outside.csv',
      '../outside.csv',
      'mine.txt',
    ];
    await writeFile(list, JSON.stringify(names));
    const { texts } = await writing('kept', { ...earlier, students: earlier.students.slice(0, 1) });
    for (const file of kept) expect(texts.get(file), file).toBe('mine');
    expect(await readFile(path.join(root, 'outside.csv'), 'utf8')).toBe('mine');
    expect(texts.has(path.join('feedback', 's1005', 'index.html'))).toBe(false);
  });
});

test('pages about similar answers, where they were looked for', async () => {
  const results = madeUpClass({ size: 2 });
  const page = path.join('report', 'similarity', 'index.html');
  const similar = await writing('similar', results, { site: null, similarity: { exercises: [], groups: [] } });
  expect(similar.texts.get(page)).toContain('A similar pair is a question, not a verdict.');
  expect(similar.texts.get(path.join('report', 'index.html'))).toContain('href="similarity/index.html"');
  const { texts } = await writing('similar', results);
  expect(texts.has(page)).toBe(false);
  expect(texts.get(path.join('report', 'index.html'))).not.toContain('similarity/');
});

test('a site that is none', async () => {
  const options = { site: 'javascript:alert(1)', similarity: null };
  await expect(writing('bad-site', madeUpClass({ size: 1 }), options)).rejects.toThrow(RangeError);
});

test('a class of a thousand stays a page that opens', async () => {
  const { folder, paths } = await writing('thousand', madeUpClass({ size: 1000 }));
  expect(paths.length).toBeGreaterThan(3700);
  expect((await stat(path.join(folder, 'report', 'index.html'))).size).toBeLessThan(2_000_000);
});
