/** Every test of CPython's that does not pass here, and why that is right. `main.ts` fails on any other, and on a listed one that passes. */
export const EXPECTED: Readonly<Record<string, string>> = {};
