/** `date`: the virtual clock, always in UTC. */
import { daysBefore, format, moment } from './calendar.ts';
import { misuse, parseOptions } from './options.ts';
import { program, type Running } from './program.ts';
import { quoted } from './reasons.ts';
import type { Calling } from './types.ts';

export const date = program('date', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'ud:IR',
    long: { utc: 'u', universal: 'u', date: 'd', 'iso-8601': 'I', 'rfc-email': 'R' },
  });
  const given = options.findLast(({ letter }) => letter === 'd')?.value;
  const time = given === undefined ? run.process.epoch + run.calls.clock() : yield* parsed(run, given);
  const has = (letter: string) => options.some((option) => option.letter === letter);
  const preset = has('I') ? '%Y-%m-%d' : has('R') ? '%a, %d %b %Y %H:%M:%S %z' : '%a %b %e %H:%M:%S %Z %Y';
  const [operand] = operands;
  if (operands.length > 1) yield* misuse(run, `extra operand ${quoted(operands[1] as string)}`);
  if (operand !== undefined && !operand.startsWith('+')) yield* run.fail(1, `invalid date ${quoted(operand)}`);
  yield* run.out(`${format(operand?.slice(1) ?? preset, moment(time))}\n`);
  return 0;
});

/** `@seconds`, or `YYYY-MM-DD` with an optional `HH:MM[:SS]`. */
function* parsed(run: Running, text: string): Calling<number> {
  const seconds = /^@(-?\d{1,12}(?:\.\d{1,9})?)$/.exec(text);
  if (seconds) return Number(seconds[1]);
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?Z?$/.exec(text);
  if (!match) return yield* run.fail(1, `invalid date ${quoted(text)}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  for (let days = daysBefore(year), n = 0; n < 366; n++) {
    const at = moment((days + n) * 86_400);
    if (at.year === year && at.month === month && at.day === day && hour < 24 && minute < 60 && second < 60) {
      return (days + n) * 86_400 + hour * 3600 + minute * 60 + second;
    }
  }
  return yield* run.fail(1, `invalid date ${quoted(text)}`);
}
