/** The engine's entry in a browser: a worker inside a sandboxed frame, fed with its own files by message. */
import * as Comlink from 'comlink';
import type { CPython } from '../interpreter/cpython.ts';
import { canSuspend } from '../interpreter/natives.ts';
import { createEngine } from './engine.ts';
import type { EngineEvent, EngineFiles } from './protocol.ts';
import { seal } from './seal.ts';

/** The first message: the port to speak through from now on, and the files. */
interface Start {
  readonly port: MessagePort;
  readonly files: EngineFiles;
}

self.onmessage = async ({ data }: MessageEvent<Start>) => {
  self.onmessage = null;
  const { port, files } = data;
  const emit = (event: EngineEvent) => port.postMessage(event);
  try {
    if (!canSuspend()) throw new Error('this browser cannot suspend WebAssembly');
    const [wasm, memory, createModule] = await Promise.all([
      WebAssembly.compileStreaming(unpacked(new Uint8Array(files.wasm), 'application/wasm')),
      unpacked(files.memory, 'application/octet-stream').arrayBuffer(),
      imported(files.script),
    ]);
    const { now } = performance;
    const clock = now.bind(performance);
    const epoch = Date.now() - clock();
    // Bound now: once the realm is sealed there is no `self` to call them on.
    const later = self.setTimeout.bind(self);
    const cancel = self.clearTimeout.bind(self);
    const host = {
      now: () => clock() / 1000,
      date: () => (epoch + clock()) / 1000,
      after: (seconds: number, then: () => void) => {
        const timer = later(then, seconds * 1000);
        return () => cancel(timer);
      },
    };
    const snapshot = { ...files.addresses, memory: new Uint8Array(memory) };
    const engine = await createEngine({ createModule, wasm, stdlib: files.stdlib }, snapshot, host, emit);
    Comlink.expose(engine, port);
    seal(() => 1_767_225_600);
    emit({ event: 'ready' });
  } catch (error) {
    emit({ event: 'fatal', message: error instanceof Error ? error.message : String(error) });
  }
};

async function imported(script: string): Promise<(settings: object) => Promise<CPython>> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const module = await import(/* webpackIgnore: true */ url);
  URL.revokeObjectURL(url);
  return module.default;
}

/** Some hosts declare .gz files as encoded, and then the browser has unpacked them already: the first bytes tell. */
function unpacked(bytes: Uint8Array, type: string): Response {
  const { body } = new Response(bytes as Uint8Array<ArrayBuffer>);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const stream = packed ? body?.pipeThrough(new DecompressionStream('gzip')) : body;
  return new Response(stream ?? null, { headers: { 'content-type': type } });
}
