/** Writes everything that a teacher takes away from a grading into a folder. All of it opens offline. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClassResults } from '../../../classroom/graded.ts';
import { canvasCsv } from '../../../classroom/report/canvas-csv.ts';
import { classPage, type OtherFile } from '../../../classroom/report/class-page.ts';
import { feedbackPage } from '../../../classroom/report/feedback-page.ts';
import { folderNames } from '../../../classroom/report/folder-names.ts';
import { gradebookCsv } from '../../../classroom/report/gradebook-csv.ts';
import type { GradesImport } from '../../../classroom/report/grades-import.ts';
import { junitXml } from '../../../classroom/report/junit.ts';
import { moodleCsv } from '../../../classroom/report/moodle-csv.ts';
import { siteAddress } from '../../../classroom/report/replay-url.ts';
import { resultsJson } from '../../../classroom/report/results-json.ts';
import { studentPage } from '../../../classroom/report/student-page.ts';
import { SIMILARITY_INDEX } from '../../../classroom/similarity/page-names.ts';
import { SIMILARITY_FOLDER, similarityPages } from '../../../classroom/similarity/pages.ts';
import type { Similarity } from '../../../classroom/similarity/types.ts';
import { replaceEarlier } from './earlier-results.ts';

export interface ResultsOptions {
  /** Address of a site that replays runs; null: there is none, and commands are told instead. */
  readonly site: string | null;
  /** null: was not looked for. */
  readonly similarity: Similarity | null;
}

/** Files that are written at once. */
const AT_ONCE = 32;

/**
 * Returns the paths written, the gradebook's and the class report's first. `folder` is made if it is not there; what an
 * earlier grading wrote into it is replaced. Throws a RangeError for a `site` that is none.
 */
export async function writeResults(
  folder: string,
  results: ClassResults,
  { site, similarity }: ResultsOptions,
): Promise<string[]> {
  const address = site === null ? null : siteAddress(site);
  const files = filesOf(results, address, similarity);
  const names = files.map(([name]) => name);
  const done = await replaceEarlier(folder, names);
  await Promise.all([...new Set(names.map((name) => path.join(folder, path.dirname(name))))].map(makeFolder));
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    await Promise.all(some.map(async ([name, make]) => writeFile(path.join(folder, name), await make())));
  }
  await done();
  return names.map((name) => path.join(folder, name));
}

/** A name below the folder, and how to make its text. */
type File = readonly [name: string, make: () => string | Promise<string>];

const SIMILAR: OtherFile = {
  name: 'similarity',
  href: path.posix.relative('report', path.posix.join(SIMILARITY_FOLDER, SIMILARITY_INDEX)),
  what: 'answers that are more alike than is usual.',
  says: [],
};

function filesOf(results: ClassResults, site: string | null, similarity: Similarity | null): File[] {
  const { assignment, students } = results;
  const folders = folderNames(students.map(({ student }) => student.id));
  const folderOf = (n: number) => {
    const result = students[n];
    return result === undefined ? null : (folders.get(result.student.id) ?? null);
  };
  const pages = new Map([...folders].map(([id, name]) => [id, `students/${encodeURIComponent(name)}.html`]));
  const pageOf = (n: number) => {
    const name = folderOf(n);
    return name === null ? null : `${encodeURIComponent(name)}.html`;
  };
  const canvas = canvasCsv(results);
  const moodle = moodleCsv(results);
  const imported = (name: string, { csv, says }: GradesImport, what: string): OtherFile => {
    return { name, href: csv === null ? null : `../${name}`, what, says };
  };
  const others: OtherFile[] = [
    { name: 'gradebook.csv', href: '../gradebook.csv', what: 'everybody, for your spreadsheet.', says: [] },
    imported('canvas.csv', canvas, 'grades to import into Canvas.'),
    imported('moodle.csv', moodle, 'grades to import into Moodle.'),
    { name: 'feedback', href: '../feedback/', what: 'a page for each student, to be handed back.', says: [] },
    ...(similarity === null ? [] : [SIMILAR]),
    { name: 'submissions', href: '../submissions/', what: 'results.json and junit.xml of each submission.', says: [] },
  ];
  return [
    ['gradebook.csv', () => gradebookCsv(results)],
    ['report/index.html', () => classPage(results, { pages, files: others })],
    ...importFile('canvas.csv', canvas),
    ...importFile('moodle.csv', moodle),
    ...similarFiles(similarity),
    ...students.flatMap((result, n): File[] => {
      const name = folderOf(n);
      const neighbours = { before: pageOf(n - 1), after: pageOf(n + 1) };
      return [
        [`report/students/${name}.html`, () => studentPage(result, assignment, site, neighbours)],
        [`feedback/${name}/index.html`, () => feedbackPage(result, assignment, site)],
        ...(result.source === null ? [] : submissionOf(`submissions/${name}`, result, results, site)),
      ];
    }),
  ];
}

function importFile(name: string, { csv }: GradesImport): File[] {
  return csv === null ? [] : [[name, () => csv]];
}

function similarFiles(similarity: Similarity | null): File[] {
  const pages = similarity === null ? [] : similarityPages(similarity);
  return pages.map(([name, make]) => [`${SIMILARITY_FOLDER}/${name}`, make]);
}

function submissionOf(
  folder: string,
  result: ClassResults['students'][number],
  { assignment }: ClassResults,
  site: string | null,
): File[] {
  return [
    [`${folder}/results.json`, () => resultsJson(result, assignment, site)],
    [`${folder}/junit.xml`, () => junitXml(result)],
  ];
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
}
