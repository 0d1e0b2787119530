/** The engine's entry under Node: a child process without permissions, that reads its own files and then seals itself. */
import { readFileSync } from 'node:fs';
import * as Comlink from 'comlink';
import type { CPython } from '../interpreter/cpython.ts';
import type { Snapshot } from '../interpreter/execution.ts';
import { EPOCH } from '../interpreter/origin.ts';
import { createEngine } from './engine.ts';
import { takeHost } from './host.ts';
import type { EngineEvent } from './protocol.ts';
import { disarm, seal } from './seal.ts';

const folder = new URL('.', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

// Messages arrive through the process object, which is about to disappear: keep its two ends.
const { process } = globalThis;
const send = process.send?.bind(process) as (message: unknown) => boolean;
const listeners = new Set<(event: { data: unknown; origin: string }) => void>();
process.on('message', (data) => {
  for (const listener of listeners) listener({ data, origin: '' });
});
const exit = process.exit.bind(process);
process.on('disconnect', () => exit(0));
const emit = (event: EngineEvent) => void send(event);
process.on('uncaughtException', (error) => {
  emit({ event: 'fatal', message: String(error?.stack ?? error) });
  exit(1);
});

const host = takeHost();
const wasm = await WebAssembly.compile(read('pyodide.asm.wasm'));
const stdlib = read('python_stdlib.zip');
const snapshot: Snapshot = {
  ...JSON.parse(new TextDecoder().decode(read('addresses.json'))),
  memory: read('memory.bin'),
};
// Emscripten's script must believe that it is in a worker: under Node it would take hold of `require` and real files.
const scope = globalThis as Record<string, unknown>;
scope.process = undefined;
scope.WorkerGlobalScope = Object;
// It would make one for each interpreter, to hear from: which keeps all of that alive for ever.
scope.MessageChannel = undefined;
const { default: createModule } = (await import(new URL('pyodide.asm.mjs', folder).href)) as {
  default: (settings: object) => Promise<CPython>;
};
const engine = await createEngine({ createModule, wasm, stdlib }, snapshot, host, emit);
Comlink.expose(engine, {
  postMessage: (message) => void send(message),
  addEventListener: (_, listener) => void listeners.add(listener as never),
  removeEventListener: (_, listener) => void listeners.delete(listener as never),
});
disarm(process);
seal(() => EPOCH);
emit({ event: 'ready' });
