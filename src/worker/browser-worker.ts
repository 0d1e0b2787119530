/** The engine's entry in a browser: a worker inside a sandboxed frame, fed with its own files by message. */
import * as Comlink from 'comlink';
import type { CPython } from '../interpreter/cpython.ts';
import type { Snapshot } from '../interpreter/execution.ts';
import { canSuspend } from '../interpreter/natives.ts';
import { EPOCH } from '../interpreter/origin.ts';
import { createEngine } from './engine.ts';
import { takeHost } from './host.ts';
import type { EngineEvent, EngineFile, EngineFileName } from './protocol.ts';
import { seal } from './seal.ts';

/** The only message to the worker itself: the port to speak through from now on. */
self.onmessage = async ({ data: port }: MessageEvent<MessagePort>) => {
  self.onmessage = null;
  const file = receive(port);
  const emit = (event: EngineEvent) => port.postMessage(event);
  try {
    if (!canSuspend()) throw new Error('this browser cannot suspend WebAssembly');
    const [wasm, memory, createModule, stdlib, addresses] = await Promise.all([
      file('pyodide.asm.wasm.gz').then((bytes) => WebAssembly.compileStreaming(unpacked(bytes, 'application/wasm'))),
      file('memory.bin.gz').then((bytes) => unpacked(bytes, 'application/octet-stream').arrayBuffer()),
      file('pyodide.asm.mjs').then(imported),
      file('python_stdlib.zip').then((bytes) => new Uint8Array(bytes)),
      file('addresses.json').then((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Omit<Snapshot, 'memory'>),
    ]);
    // Pyodide's script would make one for each interpreter, to hear from: which keeps all of that alive for ever.
    Object.assign(globalThis, { MessageChannel: undefined });
    const host = takeHost();
    const snapshot = { ...addresses, memory: new Uint8Array(memory) };
    const engine = await createEngine({ createModule, wasm, stdlib }, snapshot, host, emit);
    Comlink.expose(engine, port);
    seal(() => EPOCH);
    emit({ event: 'ready' });
  } catch (error) {
    emit({ event: 'fatal', message: error instanceof Error ? error.message : String(error) });
  }
};

/** Answers each file when it has come. */
function receive(port: MessagePort): (name: EngineFileName) => Promise<ArrayBuffer> {
  const come = new Map<EngineFileName, (bytes: ArrayBuffer) => void>();
  port.addEventListener('message', ({ data }: MessageEvent<EngineFile>) => come.get(data.file)?.(data.bytes));
  port.start();
  return (name) => new Promise((resolve) => come.set(name, resolve));
}

async function imported(script: ArrayBuffer): Promise<(settings: object) => Promise<CPython>> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const module = await import(/* webpackIgnore: true */ url);
  URL.revokeObjectURL(url);
  return module.default;
}

/** Some hosts declare .gz files as encoded, and then the browser has unpacked them already: the first bytes tell. */
function unpacked(file: ArrayBuffer, type: string): Response {
  const { body } = new Response(file);
  const [first, second] = new Uint8Array(file);
  const packed = first === 0x1f && second === 0x8b;
  const stream = packed ? body?.pipeThrough(new DecompressionStream('gzip')) : body;
  return new Response(stream ?? null, { headers: { 'content-type': type } });
}
