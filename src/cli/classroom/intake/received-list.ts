/** The teacher's own list of when work came in: `id,time`. */
import * as z from 'zod';
import type { Student } from '../../../classroom/graded.ts';
import { Usage } from '../../usage.ts';
import { type ClassList, folded } from './class-list.ts';
import { plainHeading, readTable } from './csv-table.ts';
import { keyOf } from './owner.ts';
import { printable } from './printable.ts';

const moment = z.iso.datetime({ offset: true });
const TIMES = ['time', 'received', 'submitted', 'submitted at', 'received at', 'handed in'];

export interface ReceivedList {
  /** ISO with its offset; null if the list has no time for them. */
  timeOf(student: Student): string | null;
  /** Those of whom nothing was found among `works`: ids as they are in the list, with their lines. */
  missing(works: Iterable<Student>): readonly { readonly id: string; readonly line: number }[];
}

export const NO_TIMES: ReceivedList = { timeOf: () => null, missing: () => [] };

/** Throws Usage. */
export async function readReceivedList(file: string, list: ClassList): Promise<ReceivedList> {
  const { headings, rows } = await readTable(file);
  const plain = headings.map(plainHeading);
  const timeColumn = plain.findIndex((heading) => TIMES.includes(heading));
  const idColumn = plain.findIndex((_, i) => i !== timeColumn);
  if (timeColumn < 0 || idColumn < 0)
    throw new Usage(`${printable(file)}: has no column with times. Its first line names the columns, as in: id,time`);
  const times = new Map<string, { id: string; time: string; line: number }>();
  for (const { cells, line } of rows) {
    const [id = '', time = ''] = [cells[idColumn], cells[timeColumn]];
    const where = `${printable(file)}: line ${line}:`;
    if (id === '') throw new Usage(`${where} has no id. Give one, or remove the line.`);
    if (!moment.safeParse(time).success)
      throw new Usage(
        `${where} "${printable(time, 60)}" is no time with its offset. Write it as in 2026-12-01T23:59:00+01:00.`,
      );
    const known = list.whoIs(id);
    if (known.length > 1)
      throw new Usage(
        `${where} "${printable(id, 60)}" means ${known.map((one) => one.id).join(' and ')}. Write the id.`,
      );
    const key = known[0] ? keyOf(known[0]) : folded(id);
    const before = times.get(key);
    if (before)
      throw new Usage(
        `${where} "${printable(id, 60)}" is in line ${before.line} already. Keep the line of what counts.`,
      );
    times.set(key, { id, time, line });
  }
  return {
    timeOf: (student) => times.get(keyOf(student))?.time ?? null,
    missing: (works) => {
      const found = new Set([...works].map(keyOf));
      return [...times].filter(([key]) => !found.has(key)).map(([, { id, line }]) => ({ id, line }));
    },
  };
}
