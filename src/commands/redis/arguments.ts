/** Arguments of commands: numbers, options, times. Each throws Redis' error if it is none. */
import { notFloat, notInteger, refuse, syntax } from './errors.ts';
import { parseBig, parseDouble } from './numbers.ts';

export function bigInteger(text: string | undefined): bigint {
  const value = text === undefined ? null : parseBig(text);
  if (value === null) throw notInteger();
  return value;
}

/** A 64-bit number, which is rounded if it is beyond 2 ** 53: indices and counts are clamped anyway. */
export function integer(text: string | undefined): number {
  return Number(bigInteger(text));
}

/** One of at least `least`; what the error says otherwise. */
export function atLeast(least: number, text: string | undefined, error: string): number {
  const value = text === undefined ? null : parseBig(text);
  if (value === null || value < least) throw refuse(error);
  return Number(value);
}

/** A count, as LPOP and SPOP take it. */
export function positive(text: string | undefined): number {
  return atLeast(0, text, 'ERR value is out of range, must be positive');
}

export function double(text: string | undefined): number {
  const value = text === undefined ? null : parseDouble(text);
  if (value === null) throw notFloat();
  return value;
}

/** How long a command may wait: until when in milliseconds since 1970; null: for ever. */
export function waitUntil(text: string | undefined, now: number, unit: 'seconds' | 'milliseconds'): number | null {
  let wait: number;
  if (unit === 'seconds') {
    const seconds = parseDouble(text ?? '');
    if (seconds === null) throw refuse('ERR timeout is not a float or out of range');
    // Redis makes a negative number of it.
    if (seconds === Infinity) throw refuse('ERR timeout is negative');
    wait = Math.ceil(seconds * 1000);
    if (wait > Number.MAX_SAFE_INTEGER) throw refuse('ERR timeout is out of range');
  } else wait = Number(parseBig(text ?? '') ?? fail('ERR timeout is not an integer or out of range'));
  if (wait < 0) throw refuse('ERR timeout is negative');
  return wait === 0 ? null : now + wait;
}

function fail(text: string): never {
  throw refuse(text);
}

/** How many keys follow, and the keys. */
export function keysAfterCount(
  args: readonly string[],
  at: number,
  error = 'ERR numkeys should be greater than 0',
  tooMany?: string,
): readonly string[] {
  const count = atLeast(1, args[at], error);
  if (at + 1 + count > args.length) throw tooMany ? refuse(tooMany) : syntax();
  return args.slice(at + 1, at + 1 + count);
}

/** The part of a list from `start` to `stop`, which count from the end if they are negative: [from, to). */
export function range(start: number, stop: number, size: number): readonly [number, number] {
  const from = Math.max(start < 0 ? size + start : start, 0);
  const to = Math.min(stop < 0 ? size + stop : stop, size - 1);
  return from > to ? [0, 0] : [from, to + 1];
}

/** The words of options, in lower case; a walk over them from `at`. */
export class Options {
  private readonly args: readonly string[];
  private at: number;

  constructor(args: readonly string[], at: number) {
    this.args = args;
    this.at = at;
  }

  /** The next option; null: there are no more. */
  next(): string | null {
    const word = this.args[this.at];
    if (word === undefined) return null;
    this.at++;
    return word.toLowerCase();
  }

  /** How many words are left. */
  get left(): number {
    return this.args.length - this.at;
  }

  /** What belongs to the option. Throws a syntax error if there is nothing. */
  value(): string {
    const word = this.args[this.at++];
    if (word === undefined) throw syntax();
    return word;
  }

  /** What is left from here on; takes it. */
  rest(): readonly string[] {
    const rest = this.args.slice(this.at);
    this.at = this.args.length;
    return rest;
  }

  /** Puts the last word back. */
  back(): void {
    this.at--;
  }
}
