/** Numbers as Redis reads and writes them. */

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/** string2ll: a signed 64-bit number in its shortest spelling; null: it is none. */
export function parseBig(text: string): bigint | null {
  if (text.length > 20 || !/^(0|-?[1-9]\d*)$/.test(text)) return null;
  const value = BigInt(text);
  return fits(value) ? value : null;
}

export function fits(value: bigint): boolean {
  return value >= SMALLEST && value <= LARGEST;
}

/** strtod, of all of it: no spaces, no NaN. */
export function parseDouble(text: string): number | null {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^[+-]?0x[0-9a-f]+$/i.test(text)) return (text[0] === '-' ? -1 : 1) * Number(text.replace(/^[+-]/, ''));
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  return Number(text);
}

/** printf's `%.17g`, as Redis 7.0 writes doubles. */
export function formatDouble(value: number): string {
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (Number.isInteger(value) && Math.abs(value) < 1e17) return value.toFixed(0);
  const [digits, exponentText] = value.toExponential(16).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 17) {
    const mantissa = digits.replace(/\.?0+$/, '');
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const text = value.toFixed(Math.max(16 - exponent, 0));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A decimal number exactly: `digits` divided by 10 to the `scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** What Redis' long doubles are written with. */
const PLACES = 17;
/** Longer ones are not sums that anybody wants. */
const LONGEST_EXPONENT = 400;

function parseDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (!match || text.length > 100 || `${match[2]}${match[3]}` === '') return null;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > LONGEST_EXPONENT) return null;
  const digits = BigInt(`${match[2]}${match[3]}`) * (match[1] === '-' ? -1n : 1n);
  const scale = (match[3] as string).length - exponent;
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/**
 * The sum of two decimal numbers as INCRBYFLOAT writes it. Redis adds long doubles, which are exact enough that the
 * result, with 17 decimal places, is the true sum for all numbers that people use. 'text': one is no number.
 */
export function addDecimals(a: string, b: string): string | null {
  const x = parseDecimal(a);
  const y = parseDecimal(b);
  if (!x || !y) return null;
  const scale = Math.max(x.scale, y.scale, PLACES);
  const raise = ({ digits, scale: from }: Decimal) => digits * 10n ** BigInt(scale - from);
  const sum = raise(x) + raise(y);
  const unit = 10n ** BigInt(scale - PLACES);
  const size = ((sum < 0n ? -sum : sum) + unit / 2n) / unit;
  const text = size.toString().padStart(PLACES + 1, '0');
  const fraction = text.slice(-PLACES).replace(/0+$/, '');
  const whole = text.slice(0, -PLACES);
  return `${sum < 0n && size > 0n ? '-' : ''}${whole}${fraction && '.'}${fraction}`;
}
