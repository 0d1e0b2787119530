/** A due date as teachers type it, made a time with its offset from UTC, which everybody reads alike. */
import { Usage } from '../usage.ts';

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d:\d\d)?$/;

/** `2026-12-01` is the end of that day; without an offset it is this computer's time. Throws Usage. */
export function readDue(text: string): string {
  const found = DATE.exec(text.trim());
  const problem = dueProblem(text);
  if (problem !== null || !found) throw new Usage(`hb classroom assign: --due ${JSON.stringify(text)} ${problem}.`);
  const [, year, month, day, hour = '23', minute = '59', second = found[4] === undefined ? '59' : '00', offset] = found;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return `${clock}${offset ?? localOffset(new Date(clock))}`;
}

/** What is wrong with it, to be put after what was typed; null if it is a date. */
export function dueProblem(text: string): string | null {
  const found = DATE.exec(text.trim());
  if (!found) return 'is no date: write 2026-12-01, 2026-12-01T18:00, or 2026-12-01T18:00+01:00';
  const [, year, month, day, hour = '0', minute = '0'] = found;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists && Number(hour) < 24 && Number(minute) < 60 ? null : 'is a date that does not exist';
}

function localOffset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const two = (count: number) => String(Math.floor(Math.abs(count))).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
