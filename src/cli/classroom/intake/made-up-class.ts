/** For the tests: a course of three exercises, an assignment of two, and folders and archives to hand in. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { type Assignment, assignment } from '../../../classroom/assignment.ts';
import { SUBMISSION_FORMAT } from '../../../classroom/submission.ts';
import type { Course, Exercise } from '../../../course/schema.ts';
import { ENGINE_VERSION } from '../../../worker/identity.ts';

const exercise = (slug: string, starter: Record<string, string>, order: number): Exercise => ({
  slug,
  topic: slug.replace(/\/.*/, ''),
  title: slug,
  kind: 'fix',
  concepts: [],
  requires: [],
  outOfScope: [],
  task: '',
  hints: [],
  starter,
  support: { 'driver.py': 'import exercise\n' },
  starterVerdict: 'failed it',
  order,
});

export const STARTER = 'counter = 0\n';
export const COURSE: Course = {
  topics: [
    {
      slug: 'locks',
      title: 'Locks',
      exercises: [
        exercise('locks/lost-update', { 'exercise.py': STARTER }, 0),
        exercise('locks/deadlock', { 'moves.txt': '# moves\n' }, 1),
      ],
    },
    { slug: 'queues', title: 'Queues', exercises: [exercise('queues/bounded', { 'exercise.py': '' }, 2)] },
  ],
};

export function assigned(slugs: readonly string[] = ['locks/lost-update', 'locks/deadlock'], more = {}): Assignment {
  return assignment.parse({
    format: 'happens-before/assignment',
    version: 1,
    id: 'a1',
    title: 'Locks',
    engine: ENGINE_VERSION,
    exercises: slugs.map((slug) => ({ slug, points: 10 })),
    ...more,
  });
}

/** A submission file of the site. */
export function submissionOf(student: { id?: string; name?: string }, more: object = {}): string {
  return JSON.stringify({
    format: SUBMISSION_FORMAT,
    version: 1,
    assignment: 'a1',
    engine: ENGINE_VERSION,
    made: '2026-11-20T10:00:00+01:00',
    student,
    exercises: { 'locks/lost-update': { files: { 'exercise.py': 'fixed = True\n' }, attempts: [] } },
    ...more,
  });
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A temporary folder with these files; `remove` takes all of them away. */
export class Folders {
  readonly #made: string[] = [];

  make(files: Files): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'intake-'));
    this.#made.push(folder);
    for (const [name, contents] of Object.entries(files)) {
      const full = path.join(folder, name);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, contents);
    }
    return folder;
  }

  remove(): void {
    for (const folder of this.#made.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

/** As programs make it that mean well. */
export function zipOf(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, contents] of Object.entries(files)) zip.addBuffer(Buffer.from(contents), name);
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}
