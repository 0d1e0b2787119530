/** Expectations whose failures read as sentences: `expect('the balance', run.value).toBe(100)`. */

/** Thrown by a failed expectation and caught by the grader only: its message goes to the learner. */
export class Unmet extends Error {
  constructor(sentence: string) {
    super(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
  }
}

export interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toBeOneOf(expected: readonly unknown[]): void;
  toContain(part: unknown): void;
  toMatch(pattern: RegExp): void;
  toBeAtMost(bound: number): void;
  toBeAtLeast(bound: number): void;
  /** Equal up to `tolerance` (default one millisecond on the virtual clock). */
  toBeAbout(expected: number, tolerance?: number): void;
}

/** Python's spelling of a JSON value, since the reader knows Python. */
export function show(value: unknown): string {
  if (value === null) return 'None';
  if (value === undefined) return 'nothing';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([k, v]) => `${JSON.stringify(k)}: ${show(v)}`)
      .join(', ')}}`;
  return String(value);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((k) => k in b && same((a as Record<string, unknown>)[k], (b as Record<string, unknown>)[k]))
  );
}

/** `what` names the value in the learner's terms and starts the sentence: "the balance". */
export function expect(what: string, actual: unknown): Expectation {
  const need = (ok: boolean, expected: string) => {
    if (!ok) throw new Unmet(`${what} should be ${expected}, but was ${show(actual)}`);
  };
  const number = typeof actual === 'number' ? actual : Number.NaN;
  return {
    toBe: (expected) => need(same(actual, expected), show(expected)),
    toEqual: (expected) => need(same(actual, expected), show(expected)),
    toBeOneOf: (expected) =>
      need(
        expected.some((e) => same(actual, e)),
        `one of ${expected.map(show).join(', ')}`,
      ),
    toContain: (part) => {
      const has =
        typeof actual === 'string'
          ? actual.includes(String(part))
          : Array.isArray(actual) && actual.some((a) => same(a, part));
      if (!has) throw new Unmet(`${what} should contain ${show(part)}, but was ${show(actual)}`);
    },
    toMatch: (pattern) => {
      if (typeof actual !== 'string' || !pattern.test(actual))
        throw new Unmet(`${what} should match ${pattern}, but was ${show(actual)}`);
    },
    toBeAtMost: (bound) => need(number <= bound, `at most ${bound}`),
    toBeAtLeast: (bound) => need(number >= bound, `at least ${bound}`),
    toBeAbout: (expected, tolerance = 0.001) => need(Math.abs(number - expected) <= tolerance, `about ${expected}`),
  };
}
