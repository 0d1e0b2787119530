/** What students handed in, as it lies in folders, files and archives → each student's work, and what was refused. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Course } from '../../../course/schema.ts';
import { Usage } from '../../usage.ts';
import type { Intake } from '../types.ts';
import { NO_LIST, readClassList } from './class-list.ts';
import { lookThrough } from './disk.ts';
import { Owners } from './owner.ts';
import { printable } from './printable.ts';
import { NO_TIMES, readReceivedList } from './received-list.ts';
import { wantedOf } from './sort-files.ts';
import { takeInFolder } from './take-in.ts';
import { Works } from './works.ts';

export interface IntakeOptions {
  readonly assignment: Assignment;
  readonly course: Course;
  /** Path of the class list, or null: everybody is welcome. */
  readonly roster: string | null;
  /** Path of the teacher's list of times, or null. */
  readonly received: string | null;
  /** `recordedStarters()`: what tells an answer that was not begun, whatever the teacher did with the exercise. */
  readonly starters?: Readonly<Record<string, string>>;
}

/** Throws Usage if what the teacher gave cannot be read; what students gave never throws. */
export async function readSubmissions(paths: readonly string[], options: IntakeOptions): Promise<Intake> {
  const { assignment, course, roster, received, starters = {} } = options;
  const list = roster === null ? NO_LIST : await readClassList(roster);
  const times = received === null ? NO_TIMES : await readReceivedList(received, list);
  const wanted = wantedOf(assignment, course, list, starters);
  const works = new Works(wanted, new Owners(list, assignment));
  const lists = new Set(await Promise.all([roster, received].flatMap((list) => (list === null ? [] : realpath(list)))));
  const shown = shownNames(paths);
  for (const [given, name] of shown) {
    const about = await stat(given).catch(() => null);
    if (!about)
      throw new Usage(`There is no file or folder ${printable(given)}. Name one with what students handed in.`);
    const folder = about.isDirectory();
    const before = folder ? (shown.size > 1 ? `${name}/` : '') : name.slice(0, -path.basename(name).length);
    const found = await lookThrough(given, before);
    // The teacher's own lists may lie beside what came in.
    const files = found.files.filter(({ full }) => full === undefined || !lists.has(full));
    await takeInFolder({ ...found, files }, folder ? rootOf(given) : '', works);
  }
  return works.finish(times, printable(path.basename(received ?? '')));
}

/** Each path once, none that lies in another, with the name that tells it from the others. */
function shownNames(paths: readonly string[]): Map<string, string> {
  const all = [...new Set(paths.map((one) => path.resolve(one)))].sort();
  const full = all.filter((one) => !all.some((other) => one.startsWith(other + path.sep)));
  const last = full.map((one) => path.basename(one));
  return new Map(
    full.map((one) => {
      const name = path.basename(one);
      const alone = last.filter((other) => other === name).length === 1;
      return [one, printable(alone ? name : path.relative(process.cwd(), one))];
    }),
  );
}

/** What a folder that was given is called; of a clone's folder of exercises, the clone. */
function rootOf(folder: string): string {
  const full = path.resolve(folder);
  return path.basename(path.basename(full) === 'exercises' ? path.dirname(full) : full);
}
