/** `printf`: the command and, with dash's words, the shell's builtin. */
import { type EscapeStyle, withoutEscapes } from './escapes.ts';
import { program, type Running } from './program.ts';
import { quoted } from './reasons.ts';
import type { Calling } from './types.ts';

const WIDEST = 65_536;
/** What one call prints at most: the format is used again as long as there are arguments. */
const LONGEST = 16 * 2 ** 20;

export const printf = program('printf', 1, (run) => {
  const problem = (text: string, expected: boolean) =>
    run.error(`${quoted(text)}: ${expected ? 'expected a numeric value' : 'value not completely converted'}`);
  return print(run, 'printf', problem);
});

export function* print(
  run: Running,
  style: EscapeStyle,
  problem: (text: string, expected: boolean) => Calling<void>,
): Calling<number> {
  const [, given, ...rest] = run.process.argv[1] === '--' ? run.process.argv.slice(1) : run.process.argv;
  if (given === undefined) {
    yield* run.errorText(`${run.name}: missing operand\nTry '${run.name} --help' for more information.\n`);
    return 1;
  }
  // %% and the escapes of the format itself first, so that those of an argument stay as they are.
  const pieces = given.split(/(%[-+ #0]*(?:\*|\d*)(?:\.(?:\*|\d*))?[a-zA-Z%])/g);
  const args = [...rest];
  let code = 0;
  let size = 0;
  do {
    const before = args.length;
    for (const [i, piece] of pieces.entries()) {
      let shown: { text: string; stopped: boolean };
      if (i % 2 === 0) shown = withoutEscapes(piece, style);
      else {
        const parts = /^%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(.)$/s.exec(piece) as RegExpExecArray;
        const [, flags = '', wide = '', exact, letter = ''] = parts;
        const number = (text: string) => Math.min(Math.abs(Number(text === '*' ? args.shift() : text) || 0), WIDEST);
        const width = number(wide);
        const precision = exact === undefined ? null : number(exact);
        if (letter === '%') shown = { text: '%', stopped: false };
        else {
          const argument = args.shift();
          const value = yield* formatted(letter, flags, precision, argument ?? '', function* (expected) {
            code = 1;
            yield* problem(argument ?? '', expected);
          });
          if (value === null)
            return yield* run.fail(
              1,
              `${piece}: invalid ${style === 'printf' ? 'conversion specification' : 'directive'}`,
            );
          shown = { text: padded(value.text, flags, width, letter), stopped: value.stopped };
        }
      }
      size += shown.text.length;
      if (size > LONGEST) return yield* run.fail(1, 'more than 16 MiB');
      yield* run.out(shown.text);
      if (shown.stopped) return code;
    }
    if (args.length === before) break;
  } while (args.length > 0);
  return code;
}

function* formatted(
  letter: string,
  flags: string,
  precision: number | null,
  argument: string,
  wrong: (expected: boolean) => Calling<void>,
): Calling<{ text: string; stopped: boolean } | null> {
  const plain = (text: string) => ({ text, stopped: false });
  const cut = (text: string) => (precision === null ? text : text.slice(0, precision));
  if (letter === 's') return plain(cut(argument));
  if (letter === 'c') return plain([...argument][0] ?? '');
  if (letter === 'b') {
    const { text, stopped } = withoutEscapes(argument, 'echo');
    return { text: cut(text), stopped };
  }
  if (letter === 'q') return plain(/^[\w@%+=:,./-]+$/.test(argument) ? argument : quoted(argument));
  const sign = (text: string) =>
    text.startsWith('-') ? text : `${flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${text}`;
  if ('diuxXo'.includes(letter)) {
    const value = yield* integer(argument, wrong);
    const signed = letter === 'd' || letter === 'i';
    const base = letter === 'o' ? 8 : letter.toLowerCase() === 'x' ? 16 : 10;
    const number = signed ? value : BigInt.asUintN(64, value);
    const digits = (number < 0n ? -number : number).toString(base).padStart(precision ?? 1, '0');
    const prefix = flags.includes('#') && number !== 0n ? (base === 16 ? '0x' : base === 8 ? '0' : '') : '';
    const text = `${number < 0n ? '-' : ''}${prefix}${digits}`;
    return plain(letter === 'X' ? text.toUpperCase() : signed ? sign(text) : text);
  }
  if ('feEgGF'.includes(letter)) {
    const value = Number(argument || '0');
    if (Number.isNaN(value) || argument.trim() !== argument) yield* wrong(true);
    const number = Number.isNaN(value) ? 0 : value;
    const places = Math.min(precision ?? 6, 100);
    if (!Number.isFinite(number)) return plain(sign(number < 0 ? '-inf' : 'inf'));
    const text =
      letter.toLowerCase() === 'f'
        ? number.toFixed(places)
        : letter.toLowerCase() === 'e'
          ? exponent(number.toExponential(places))
          : general(number, places || 1);
    return plain(sign(letter === letter.toUpperCase() ? text.toUpperCase() : text));
  }
  return null;
}

function general(number: number, places: number): string {
  const power = number === 0 ? 0 : Number(number.toExponential(places - 1).split('e')[1]);
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < places) return trim(number.toFixed(Math.min(100, Math.max(0, places - 1 - power))));
  const [digits = '', rest = ''] = exponent(number.toExponential(places - 1)).split(/(?=e)/);
  return trim(digits) + rest;
}

/** C has at least two digits there. */
function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function* integer(argument: string, wrong: (expected: boolean) => Calling<void>): Calling<bigint> {
  if (/^['"]/.test(argument)) return BigInt(argument.codePointAt(1) ?? 0);
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d{0,30})/.exec(argument);
  if (!match) {
    if (argument !== '') yield* wrong(true);
    return 0n;
  }
  if (match[0].length < argument.length) yield* wrong(false);
  const digits = match[2] as string;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return BigInt.asIntN(64, match[1] === '-' ? -value : value);
}

function padded(text: string, flags: string, width: number, letter: string): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !'diuxXofeEgGF'.includes(letter)) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
