/** After a run, however it ended, there are no more interpreters than are kept for the next one, and no timer. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { ClockKind, Limits, SwitchModel } from '../kernel/types.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import { RUN_LIMITS, RUN_OPTIONS } from '../worker/limits.ts';
import type { CPython } from './cpython.ts';
import type { Execution, Host, Snapshot } from './execution.ts';
import { Interpreter } from './interpreter.ts';

/** The one that programs begin in, and SPARE_PYTHONS. */
const KEPT = 5;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let interpreter: Interpreter;
const made: WeakRef<object>[] = [];
const timers = new Set<object>();

beforeAll(async () => {
  const host = {
    now: () => performance.now() / 1000,
    date: () => 0,
    cores: 1,
    after(seconds: number, then: () => void) {
      const timer = {};
      timers.add(timer);
      const id = setTimeout(() => {
        timers.delete(timer);
        then();
      }, seconds * 1000);
      return () => {
        timers.delete(timer);
        clearTimeout(id);
      };
    },
  };
  interpreter = await bootHere(host, (py) => made.push(new WeakRef(py)));
});

/** `made`: hears of every CPython that is booted. */
async function bootHere(host: Host, made: (py: CPython) => void = () => {}): Promise<Interpreter> {
  const folder = await buildEngine();
  const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
  const snapshot: Snapshot = {
    ...JSON.parse(new TextDecoder().decode(read('addresses.json'))),
    memory: read('memory.bin'),
  };
  // As in the engine's own worker: see worker/node-child.ts.
  const scope = globalThis as Record<string, unknown>;
  const { process } = globalThis;
  Object.assign(scope, { process: undefined, WorkerGlobalScope: Object, MessageChannel: undefined });
  const { default: createModule } = await import(pathToFileURL(path.join(folder, 'pyodide.asm.mjs')).href);
  const assets = {
    createModule: async (settings: object) => {
      const py = (await createModule(settings)) as CPython;
      made(py);
      return py;
    },
    wasm: await WebAssembly.compile(read('pyodide.asm.wasm')),
    stdlib: read('python_stdlib.zip'),
  };
  const interpreter = await Interpreter.boot(assets, snapshot, host);
  scope.process = process;
  return interpreter;
}

/** One run of a program, as the engine would ask for it. */
function executionOf(
  source: string,
  model: SwitchModel,
  rest: Partial<Pick<Execution, 'again' | 'life'>> & { readonly options?: Partial<Execution['options']> } = {},
): Execution {
  const scheduler = new RoundRobin();
  const config = scheduler.nextRun();
  if (!config) throw new Error('round-robin has a run');
  return {
    files: { 'main.py': source },
    task: { kind: 'script', file: 'main.py', args: [] },
    scheduler,
    config,
    stdin: '',
    again: false,
    life: '',
    workers: null,
    shuffled: false,
    world: null,
    acts: null,
    happens: () => {},
    output: () => {},
    waiting: () => {},
    alive: () => {},
    ...rest,
    options: { ...RUN_OPTIONS, model, interactive: false, ...rest.options },
  };
}

/** Interpreters that something still holds on to. */
async function living(): Promise<number> {
  let left = made.length;
  // What a suspended stack has held is free only after it has come to its end.
  for (let turn = 0; turn < 50 && left > KEPT; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
    left = made.filter((ref) => ref.deref()).length;
  }
  return left;
}

const SEVEN =
  'import os, signal, subprocess, threading, time\nfor n in range(7):\n    if os.fork() == 0: break\nelse: n = 7\n';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly ends: string;
  readonly limits?: Partial<Limits>;
  readonly clock?: ClockKind;
}

const CASES: readonly Case[] = [
  { name: 'children that end', source: `${SEVEN}time.sleep(n)`, ends: 'exit' },
  {
    name: 'greenlets that wait',
    source: `import greenlet, gevent\nmain = greenlet.getcurrent()\nfor n in range(50): greenlet.greenlet(main.switch, gevent.get_hub()).switch()\ngevent.sleep(1)`,
    ends: 'exit',
  },
  {
    name: 'children with threads that wait',
    source: `${SEVEN}threading.Thread(target=threading.Event().wait, daemon=True).start()\ntime.sleep(1)`,
    ends: 'exit',
  },
  {
    name: 'orphans that wait for ever',
    source: `${SEVEN}\nwhile n < 7: time.sleep(1)`,
    ends: 'exit',
  },
  { name: 'a deadlock', source: `${SEVEN}threading.Event().wait()`, ends: 'deadlock' },
  { name: 'a limit', source: `${SEVEN}\nwhile True: pass`, ends: 'limit', limits: { steps: 300_000 } },
  {
    name: 'too many processes',
    source: 'import os\nwhile os.fork() >= 0: pass',
    ends: 'limit',
    limits: { processes: 9 },
  },
  {
    name: 'the whole group killed',
    source: `${SEVEN}if n == 7: time.sleep(1); os.kill(0, 9)\ntime.sleep(9)`,
    ends: 'exit',
  },
  {
    name: 'a child that crashes',
    source: `${SEVEN}import faulthandler\nif n == 3: faulthandler._sigabrt()\ntime.sleep(9)`,
    ends: 'exit',
  },
  { name: 'memory that has grown', source: `${SEVEN}x = bytes(40 << 20)\ntime.sleep(1)`, ends: 'exit' },
  {
    name: 'programs that are started',
    source: `${SEVEN}if n > 4: subprocess.run("sleep 1 & python3 -c 'print(1)' | cat", shell=True)`,
    ends: 'exit',
  },
  {
    name: 'a real clock',
    source: `${SEVEN}signal.alarm(100)\ntime.sleep(0.05)\nif n == 7: os.kill(0, 9)\ntime.sleep(100)`,
    ends: 'exit',
    clock: 'real',
  },
];

test.each(CASES)('$name', async ({ source, ends, limits, clock = 'virtual' as const }) => {
  const options = { limits: { ...RUN_LIMITS, ...limits }, clock };
  for (let run = 0; run < 2; run++) {
    const ended = await interpreter.run(executionOf(source, 'cpython', { options }));
    expect(ended.outcome.kind, ended.stderr).toBe(ends);
  }
  expect(timers.size).toBe(0);
  expect(await living()).toBeLessThanOrEqual(KEPT);
});

test('many runs of a search', async () => {
  const source = 'import threading, time\nx = bytes(40 << 20)\nthreading.Thread(target=time.sleep, args=(1,)).start()';
  for (let run = 0; run < 10; run++)
    await interpreter.run(executionOf(source, 'every-bytecode', { again: run % 5 > 0, life: 'search' }));
  expect(await living()).toBeLessThanOrEqual(KEPT);
});
