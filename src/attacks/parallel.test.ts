/** A worker of a parallel run that has been taken over sends its hub whatever it likes: only its own process may suffer. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { RunRecord } from '../kernel/types.ts';
import { createEngine } from '../worker/engine.ts';
import { RUN_OPTIONS } from '../worker/limits.ts';
import type { EngineApi, EngineEvent } from '../worker/protocol.ts';

const SOURCE = 'print("never runs here")';
const CALL = { kind: 'call', call: 1, thread: 1, target: 'files', method: 'write', args: [], patches: [], at: null };
const EXIT = { kind: 'ended', outcome: { kind: 'exit', code: 3 }, report: null, tampered: null, steps: 0 };

/** What is said before the process ends properly, if it can. */
const ATTACKS: Readonly<Record<string, readonly unknown[]>> = {
  nothing: [],
  'no message at all': [7, 'x', [], { kind: 'nonsense' }, { kind: 'constructor' }],
  'a target that every object has': [
    { ...CALL, target: '__proto__', method: 'has' },
    { ...CALL, call: 2, target: 'constructor', method: 'has' },
  ],
  'a method that is not for it': [
    { ...CALL, target: 'kernel', method: 'exitProcess', args: [0] },
    { ...CALL, call: 2, target: 'kernel', method: 'feed', args: ['x'] },
    { ...CALL, call: 3, target: 'files', method: 'constructor' },
    { ...CALL, call: 4, target: 'calls', method: '__proto__' },
    { ...CALL, call: 5, target: 'calls', method: 'takeSignal' },
  ],
  'threads that there cannot be': [0, -1, 1.5, Number.NaN, 2 ** 60, 'x', null].map((thread) => ({ ...CALL, thread })),
  'an end that is none': [
    { ...EXIT, outcome: { kind: 'paused' } },
    { ...EXIT, outcome: { kind: 'deadlock', stuck: [] } },
  ],
  'rest before it has been told anything': [{ kind: 'rests', heard: 99, resting: [] }],
  'memory that it does not share': [
    { ...CALL, target: 'calls', method: 'parentPid', patches: [[1, 0, new Uint8Array(8)]] },
    { kind: 'share', share: 1, fd: 99, offset: -5, length: 2 ** 40 },
  ],
};

/** After these the process is gone: it was killed as by a wild pointer. */
const FATAL: Readonly<Record<string, readonly unknown[]>> = {
  'arguments of the wrong kind': [{ ...CALL, args: [1, 'text', null] }],
  'no arguments where some are needed': [{ ...CALL, target: 'calls', method: 'spawn' }],
  'patches that are none': [{ ...CALL, patches: 5 }],
  'rest that is none': [{ kind: 'rests', heard: 0, resting: null }],
  'a name that is none': [{ kind: 'named', thread: 1, name: 5 }],
  'an end without an outcome': [{ kind: 'ended' }],
  'a past that is none': [{ ...CALL, target: 'kernel', method: 'exec', args: [null] }],
};

let hub: EngineApi;
let hear: (event: EngineEvent) => void = () => {};
beforeAll(async () => {
  const folder = await buildEngine();
  hub = await openHub(folder, (event) => hear(event));
});

test.each(Object.entries(ATTACKS))('%s', async (_, messages) => {
  const record = await say([...messages, EXIT]);
  expect(record.outcome).toEqual({ kind: 'exit', code: 3 });
  expect(record.stdout).toBe('');
});

test.each(Object.entries(FATAL))('%s', async (_, messages) => {
  const record = await say(messages);
  expect(record.outcome).toEqual({ kind: 'exit', code: 139 });
});

/** An engine in this process, so that what its workers say can be made up. */
async function openHub(folder: string, emit: (event: EngineEvent) => void): Promise<EngineApi> {
  const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
  const addresses = JSON.parse(new TextDecoder().decode(read('addresses.json')));
  // Emscripten's script must believe that it is in a worker.
  const scope = globalThis as Record<string, unknown>;
  const { process } = globalThis;
  scope.process = undefined;
  scope.WorkerGlobalScope = Object;
  const { default: createModule } = await import(pathToFileURL(path.join(folder, 'pyodide.asm.mjs')).href);
  scope.process = process;
  const wasm = await WebAssembly.compile(read('pyodide.asm.wasm'));
  const host = { now: () => 0, date: () => 0, cores: 1, after: () => () => {} };
  const snapshot = { ...addresses, memory: read('memory.bin') };
  return createEngine({ createModule, wasm, stdlib: read('python_stdlib.zip') }, snapshot, host, emit);
}

/** Has the first process of a run say this, once it has been placed. */
async function say(messages: readonly unknown[]): Promise<RunRecord> {
  hear = (event) => {
    if (event.event === 'tell' && (event.message as { kind: string }).kind === 'begin')
      queueMicrotask(() => {
        for (const message of messages) hub.hear(event.pid, message as object);
      });
  };
  return hub.run({
    program: { files: { 'main.py': SOURCE }, entry: { kind: 'script', file: 'main.py' } },
    schedule: { kind: 'parallel' },
    options: RUN_OPTIONS,
    interactive: false,
  });
}
