/**
 * Every test of CPython's 3.11 files that does not pass here, and why that is right; `Class.*` stands for each of a class.
 * `Class.(end)` is the end of the run of a class's tests: its threads, and the interpreter's.
 */
import { ASYNCIO } from './asyncio.ts';
import { FILES } from './files.ts';
import { HTTP } from './http.ts';
import { PROCESSES } from './processes.ts';
import { SOCKETS } from './sockets.ts';
import { THREADS } from './threads.ts';

export const EXPECTED: Readonly<Record<string, string>> = {
  ...THREADS,
  ...PROCESSES,
  ...FILES,
  ...SOCKETS,
  ...HTTP,
  ...ASYNCIO,
};
export { SKIPPED } from './skipped.ts';
