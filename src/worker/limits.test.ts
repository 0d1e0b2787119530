/** Bad input and boundless programs: what the reader is told, and that the next run is not hurt. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { explainOutcome } from '../grader/explain.ts';
import type { Limits, RunRecord } from '../kernel/types.ts';
import type { EngineClient } from './client-types.ts';
import { RUN_LIMITS, RUN_OPTIONS } from './limits.ts';
import { createNodeEngine } from './node.ts';

let patient: EngineClient;
/** Gives a silent program one second instead of five; only for the program that stays silent for ever. */
let impatient: EngineClient;

beforeAll(async () => {
  const folder = await buildEngine();
  patient = createNodeEngine(folder, 1, 60);
  impatient = createNodeEngine(folder, 1, 1);
});

afterAll(() => {
  patient.dispose();
  impatient.dispose();
});

async function run(
  engine: EngineClient,
  source: string | Uint8Array,
  limits: Partial<Limits> = {},
): Promise<RunRecord> {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const options = { limits: { ...RUN_LIMITS, ...limits } };
  return (await engine.run(program, { kind: 'round-robin' }, options, {}, false).done) as RunRecord;
}

interface Case {
  readonly name: string;
  readonly source: string | Uint8Array;
  readonly limits?: Partial<Limits>;
  /** In words: what the page and the command line print. */
  readonly ends: string | RegExp;
  readonly stdout?: string;
  readonly stderr?: RegExp;
  /** It never gives a sign of life again. */
  readonly silent?: boolean;
}

const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));
const fine = 'The program ended normally.';

const CASES: Case[] = [
  {
    name: 'a syntax error',
    source: 'x = (1\n',
    ends: "SyntaxError: '(' was never closed (main.py, line 1) (raised at main.py:1)",
    stderr: /File "main.py", line 1\n {4}x = \(1\n/,
  },
  { name: 'bad indentation', source: 'def f():\nreturn 1\n', ends: /^IndentationError: expected an indented block/ },
  {
    name: 'an exception',
    source: 'def f():\n    return {}["a"]\nf()\n',
    ends: "KeyError: 'a' (raised at main.py:2)",
    stderr: /^Traceback \(most recent call last\):\n {2}File "main.py", line 3, in <module>\n/,
  },
  { name: 'sys.exit()', source: 'import sys\nsys.exit()', ends: fine },
  { name: 'sys.exit(3)', source: 'import sys\nsys.exit(3)', ends: 'The program ended with exit code 3.' },
  { name: 'sys.exit(-1)', source: 'import sys\nsys.exit(-1)', ends: 'The program ended with exit code 255.' },
  {
    name: 'sys.exit("no")',
    source: 'import sys\nsys.exit("no")',
    ends: 'The program ended with exit code 1.',
    stderr: /^no\n$/,
  },
  { name: 'raise SystemExit', source: 'raise SystemExit(True)', ends: 'The program ended with exit code 1.' },
  {
    name: 'sys.exit in a thread',
    source: 'import sys, threading\nthreading.Thread(target=sys.exit, args=(5,)).start()',
    ends: fine,
  },
  {
    name: 'os._exit',
    source: 'import os\nprint("a")\nos._exit(7)\nprint("b")',
    ends: 'The program ended with exit code 7.',
    stdout: 'a\n',
  },
  { name: 'an empty file', source: '', ends: fine, stdout: '' },
  { name: 'a file with a BOM', source: bytes(0xef, 0xbb, 0xbf, 'print("é")'), ends: fine, stdout: 'é\n' },
  { name: 'CRLF', source: 'if True:\r\n    print("""a\r\nb""")\r\n', ends: fine, stdout: 'a\nb\n' },
  {
    name: 'a file of 1 MB',
    source: `${'x = 1  # a line of no importance\n'.repeat(31_000)}print(x)\n`,
    ends: fine,
    stdout: '1\n',
  },
  {
    name: 'bytes that are not UTF-8',
    source: bytes('print("', 0xff, '")\n'),
    ends: /^SyntaxError: .*\(unicode error\) 'utf-8' codec can't decode byte 0xff|^SyntaxError: Non-UTF-8 code starting with '\\xff'/,
  },
  { name: 'a NUL', source: 'print(1)\0\n', ends: /^SyntaxError: source code (string )?cannot contain null bytes/ },
  { name: 'another coding', source: bytes('# coding: latin-1\nprint("', 0xe9, '")\n'), ends: fine, stdout: 'é\n' },
  {
    name: 'an endless loop',
    source: 'while True:\n    pass\n',
    limits: { steps: 2_000_000 },
    ends: 'Stopped at the limit of 2,000,000 steps. Is there a loop that never ends?',
  },
  {
    name: 'an endless loop that swallows everything',
    source: 'while True:\n    try:\n        while True: pass\n    except BaseException: pass\n',
    limits: { steps: 2_000_000 },
    ends: /limit of 2,000,000 steps/,
  },
  {
    name: 'an endless loop inside C',
    source: 'print("before", flush=True)\nsum(range(10**12))\n',
    silent: true,
    ends: 'Stopped at the limit of 1 seconds of real time. Is there a loop that never ends?',
  },
  {
    name: 'a regular expression without end',
    source: 'import re\nre.match("(a+)+$", "a" * 64 + "b")\n',
    limits: { steps: 20_000 },
    ends: /limit of 20,000 steps/,
  },
  {
    name: 'a sleep without end',
    source: 'import time\nwhile True:\n    time.sleep(3600)\n',
    ends: "Stopped at the limit of 86,400 seconds on the program's clock.",
  },
  {
    name: 'a memory bomb',
    source: 'x = []\nwhile True:\n    x.append(bytearray(1 << 20))\n',
    limits: { memory: 96 << 20 },
    ends: /^MemoryError/,
  },
  {
    name: 'a memory bomb in one go',
    source: 'x = bytearray(1 << 30)\n',
    limits: { memory: 96 << 20 },
    ends: /^MemoryError/,
  },
  {
    name: 'a memory bomb that is survived',
    source: 'try:\n    x = "x" * (1 << 30)\nexcept MemoryError:\n    print("caught")\n',
    limits: { memory: 96 << 20 },
    ends: fine,
    stdout: 'caught\n',
  },
  {
    name: 'a flood of output',
    source: 'while True:\n    print("x" * 1000)\n',
    limits: { output: 1 << 20 },
    ends: 'Stopped at the limit of 1 MB of output.',
  },
  {
    name: 'a flood of output in one go',
    source: 'print("x" * (2 << 20))\n',
    limits: { output: 1 << 20 },
    ends: 'Stopped at the limit of 1 MB of output.',
  },
  {
    name: 'recursion without end',
    source: 'def f():\n    f()\nf()\n',
    ends: /^RecursionError: maximum recursion depth exceeded/,
  },
  {
    name: 'recursion without its limit',
    source: 'import sys\nsys.setrecursionlimit(10**9)\ndef f():\n    f()\nf()\n',
    limits: { memory: 96 << 20 },
    ends: /^(RecursionError|MemoryError)|recursion|limit/,
  },
  {
    name: 'recursion inside C',
    source: 'x = []\nfor _ in range(10**6):\n    x = [x]\nrepr(x)\n',
    ends: /^RecursionError|recursion/,
  },
  {
    name: 'too many threads',
    source:
      'import threading\nlock = threading.Lock()\nlock.acquire()\nfor _ in range(5000):\n    threading.Thread(target=lock.acquire).start()\n',
    limits: { tasks: 1000 },
    ends: 'Stopped at the limit of 1,000 threads alive at one time.',
  },
  {
    name: 'threads that make threads',
    source:
      'import threading\ndef f():\n    threading.Thread(target=f).start()\n    threading.Thread(target=f).start()\nf()\nwhile True: pass\n',
    limits: { tasks: 500, steps: 5_000_000 },
    ends: /limit of/,
  },
  {
    name: 'a crash',
    source: 'import faulthandler\nfaulthandler._sigabrt()\n',
    ends: /^SystemError: Python itself crashed|exit code|^Stopped/,
  },
];

test.each(CASES.map((one) => [one.name, one] as const))('%s', async (_, one) => {
  const engine = one.silent ? impatient : patient;
  const record = await run(engine, one.source, one.limits);
  const said = explainOutcome(record);
  if (typeof one.ends === 'string') expect(said).toBe(one.ends);
  else expect(said).toMatch(one.ends);
  if (one.stdout !== undefined) expect(record.stdout).toBe(one.stdout);
  if (one.stderr) expect(record.stderr).toMatch(one.stderr);

  const after = 'import threading\nt = threading.Thread(target=print, args=("well",))\nt.start()\nt.join()\n';
  const next = await run(engine, after);
  expect(next.stdout).toBe('well\n');
});

test('a long search in short parts gives signs of life by its parts', async () => {
  const program = { files: { 'main.py': 'print(1)\n' }, entry: { kind: 'script', file: 'main.py' } } as const;
  const request = {
    program,
    strategy: { kind: 'random', seed: 1 },
    options: { ...RUN_OPTIONS, trace: false },
    budget: { schedules: 1_000_000, steps: 1e12, seconds: null },
    distinct: true,
    exact: false,
    portion: 10,
  } as const;
  const started = performance.now();
  // Longer than the one second of silence that this engine is given.
  const last = await impatient.search(request, () => (performance.now() - started < 2500 ? 10 : 0)).done;
  expect(last).toMatchObject({ end: null });
  expect(last?.explored).toBeGreaterThan(10);
});
