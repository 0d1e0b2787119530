/** Commands of a few lines: true, false, sleep, pwd, basename, dirname, uname, hostname, whoami, seq. */
import { isFailed } from '../kernel/errno.ts';
import { misuse, parseOptions } from './options.ts';
import { program, wait } from './program.ts';
import { quoted, reason } from './reasons.ts';

// biome-ignore lint/correctness/useYield: a command is a generator, and these two have nothing to wait for.
export const truth = program('true', 0, function* () {
  return 0;
});

// biome-ignore lint/correctness/useYield: as above.
export const falsehood = program('false', 1, function* () {
  return 1;
});

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

export const sleep = program('sleep', 1, function* (run) {
  const { operands } = yield* parseOptions(run, { letters: '' });
  if (operands.length === 0) yield* misuse(run, 'missing operand');
  let seconds = 0;
  for (const word of operands) {
    const match = /^(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|inf(?:inity)?)([smhd]?)$/.exec(word);
    if (!match) return yield* misuse(run, `invalid time interval ${quoted(word)}`);
    const number = (match[1] as string).startsWith('inf') ? Number.POSITIVE_INFINITY : Number(match[1]);
    seconds += number * (UNITS[match[2] as string] as number);
  }
  // A century is for ever.
  yield* wait(run.calls.sleep(Math.min(seconds, 3.2e9)));
  return 0;
});

export const pwd = program('pwd', 1, function* (run) {
  yield* parseOptions(run, { letters: 'LP', long: { logical: 'L', physical: 'P' } });
  const folder = run.calls.currentFolder();
  if (isFailed(folder)) return yield* run.fail(1, `cannot find the current folder: ${reason(folder)}`);
  yield* run.out(`${folder}\n`);
  return 0;
});

export const basename = program('basename', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'as:',
    long: { multiple: 'a', suffix: 's' },
    first: true,
  });
  if (operands.length === 0) yield* misuse(run, 'missing operand');
  const many = options.length > 0;
  if (!many && operands.length > 2) yield* misuse(run, `extra operand ${quoted(operands[2] as string)}`);
  const suffix = options.find(({ letter }) => letter === 's')?.value ?? (many ? '' : (operands[1] ?? ''));
  for (const path of many ? operands : operands.slice(0, 1)) {
    const bare = path.replace(/\/+$/, '');
    const last = bare === '' ? path.slice(0, 1) : bare.slice(bare.lastIndexOf('/') + 1);
    const cut = suffix !== '' && last !== suffix && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last;
    yield* run.out(`${cut}\n`);
  }
  return 0;
});

export const dirname = program('dirname', 1, function* (run) {
  const { operands } = yield* parseOptions(run, { letters: '' });
  if (operands.length === 0) yield* misuse(run, 'missing operand');
  for (const path of operands) {
    const bare = path.replace(/(?<=[^/])\/+$/, '');
    const slash = bare.lastIndexOf('/');
    const folder = slash < 0 ? '.' : bare.slice(0, slash).replace(/\/+$/, '') || '/';
    yield* run.out(`${folder}\n`);
  }
  return 0;
});

/** The one machine where there are no others. */
const ALONE = 'learner';

const SYSTEM = {
  s: 'Linux',
  n: ALONE,
  r: '6.1.0-happens-before',
  v: '#1 SMP',
  m: 'wasm32',
  o: 'GNU/Linux',
} as const;

export const uname = program('uname', 1, function* (run) {
  const { options } = yield* parseOptions(run, {
    letters: 'asnrvmo',
    long: { all: 'a', 'kernel-name': 's', nodename: 'n', 'kernel-release': 'r', machine: 'm' },
  });
  const asked = options.map(({ letter }) => letter);
  const shown = Object.entries({ ...SYSTEM, n: run.process.names.host ?? SYSTEM.n }).filter(
    ([letter]) => asked.includes('a') || asked.includes(letter) || (asked.length === 0 && letter === 's'),
  );
  yield* run.out(`${shown.map(([, text]) => text).join(' ')}\n`);
  return 0;
});

export const hostname = program('hostname', 255, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'fsI',
    long: { fqdn: 'f', long: 'f', short: 's', 'all-ip-addresses': 'I' },
  });
  if (operands.length > 0) return yield* run.fail(1, 'you must be root to change the host name');
  const { host = ALONE, records } = run.process.names;
  const addresses = records.get(host)?.addresses ?? [];
  const asksAddresses = options.at(-1)?.letter === 'I';
  yield* run.out(asksAddresses ? `${addresses.map((address) => `${address} `).join('')}\n` : `${host}\n`);
  return 0;
});

/** The one user of the machine. */
export const USER = 'learner';

export const whoami = program('whoami', 1, function* (run) {
  const { operands } = yield* parseOptions(run, { letters: '' });
  if (operands.length > 0) yield* misuse(run, `extra operand ${quoted(operands[0] as string)}`);
  yield* run.out(`${USER}\n`);
  return 0;
});

export const seq = program('seq', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'ws:',
    long: { 'equal-width': 'w', separator: 's' },
    first: true,
    numbers: true,
  });
  if (operands.length === 0) yield* misuse(run, 'missing operand');
  if (operands.length > 3) yield* misuse(run, `extra operand ${quoted(operands[3] as string)}`);
  for (const word of operands) {
    if (!/^[-+]?(\d{1,15}\.?\d{0,15}|\.\d{1,15})$/.test(word)) {
      yield* misuse(run, `invalid floating point argument: ${quoted(word)}`);
    }
  }
  const numbers = operands.map(Number);
  const first = numbers.length > 1 ? (numbers[0] as number) : 1;
  const step = numbers.length > 2 ? (numbers[1] as number) : 1;
  const last = numbers.at(-1) as number;
  if (step === 0) yield* misuse(run, `invalid Zero increment value: ${quoted(operands[1] as string)}`);
  const places = Math.max(
    ...operands.slice(0, Math.max(1, operands.length - 1)).map((word) => word.split('.')[1]?.length ?? 0),
  );
  const digits = operands.length > 1 ? places : 0;
  const shown = (value: number) => value.toFixed(digits);
  const wide = options.some(({ letter }) => letter === 'w') ? Math.max(shown(first).length, shown(last).length) : 0;
  const separator = options.findLast(({ letter }) => letter === 's')?.value ?? '\n';
  // Counted from the first: adding up would gather errors.
  for (let n = 0; ; n++) {
    const value = first + n * step;
    if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) {
      if (n > 0) yield* run.out('\n');
      return 0;
    }
    const text = shown(value);
    const padded = text.startsWith('-') ? `-${text.slice(1).padStart(wide - 1, '0')}` : text.padStart(wide, '0');
    yield* run.out(`${n > 0 ? separator : ''}${padded}`);
  }
});
