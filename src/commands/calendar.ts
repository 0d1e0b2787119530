/** Dates of the proleptic Gregorian calendar in UTC, and strftime: the core has no `Date`. */

export interface Moment {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 is the first of January. */
  readonly yearDay: number;
  readonly nanoseconds: number;
  readonly seconds: number;
}

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `time`: seconds since 1970. */
export function moment(time: number): Moment {
  const seconds = Math.floor(time);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  // Eras of 400 years that begin on the first of March (Howard Hinnant, "chrono-compatible low-level date algorithms").
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const marchDay = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * marchDay + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: marchDay - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysBefore(year) + 1,
    nanoseconds: Math.floor((time - seconds) * 1e9),
    seconds,
  };
}

/** Days from 1970 to the first of January of a year. */
export function daysBefore(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 719_162;
}

const two = (value: number) => String(value).padStart(2, '0');
const space = (value: number) => String(value).padStart(2);

const FORMATS: Readonly<Record<string, (at: Moment) => string>> = {
  Y: (at) => String(at.year).padStart(4, '0'),
  C: (at) => two(Math.floor(at.year / 100)),
  y: (at) => two(((at.year % 100) + 100) % 100),
  m: (at) => two(at.month),
  d: (at) => two(at.day),
  e: (at) => space(at.day),
  H: (at) => two(at.hour),
  I: (at) => two(at.hour % 12 || 12),
  k: (at) => space(at.hour),
  l: (at) => space(at.hour % 12 || 12),
  M: (at) => two(at.minute),
  S: (at) => two(at.second),
  N: (at) => String(at.nanoseconds).padStart(9, '0'),
  s: (at) => String(at.seconds),
  p: (at) => (at.hour < 12 ? 'AM' : 'PM'),
  P: (at) => (at.hour < 12 ? 'am' : 'pm'),
  A: (at) => DAYS[at.weekday] as string,
  a: (at) => (DAYS[at.weekday] as string).slice(0, 3),
  B: (at) => MONTHS[at.month - 1] as string,
  b: (at) => (MONTHS[at.month - 1] as string).slice(0, 3),
  h: (at) => (MONTHS[at.month - 1] as string).slice(0, 3),
  j: (at) => String(at.yearDay).padStart(3, '0'),
  u: (at) => String(at.weekday || 7),
  w: (at) => String(at.weekday),
  z: () => '+0000',
  Z: () => 'UTC',
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
  D: (at) => format('%m/%d/%y', at),
  F: (at) => format('%Y-%m-%d', at),
  T: (at) => format('%H:%M:%S', at),
  R: (at) => format('%H:%M', at),
  r: (at) => format('%I:%M:%S %p', at),
  c: (at) => format('%a %b %e %H:%M:%S %Y', at),
  x: (at) => format('%m/%d/%y', at),
  X: (at) => format('%H:%M:%S', at),
};

export function format(text: string, at: Moment): string {
  return text.replace(/%(-?)(.)/g, (whole, bare: string, letter: string) => {
    if (!Object.hasOwn(FORMATS, letter)) return whole;
    const shown = (FORMATS[letter] as (at: Moment) => string)(at);
    return bare ? shown.replace(/^[0 ]+(?=.)/, '') : shown;
  });
}
