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
    const url = URL.createObjectURL(new Blob([files.script], { type: 'text/javascript' }));
    const { default: createModule } = (await import(/* webpackIgnore: true */ url)) as {
      default: (settings: object) => Promise<CPython>;
    };
    URL.revokeObjectURL(url);
    const wasm = await WebAssembly.compile(files.wasm);
    const { now } = performance;
    const clock = now.bind(performance);
    const epoch = Date.now() - clock();
    const { setTimeout: later, clearTimeout: cancel } = self;
    const host = {
      now: () => clock() / 1000,
      date: () => (epoch + clock()) / 1000,
      after: (seconds: number, then: () => void) => {
        const timer = later.call(self, then, seconds * 1000);
        return () => cancel.call(self, timer);
      },
    };
    const snapshot = { ...files.addresses, memory: files.memory };
    const engine = await createEngine({ createModule, wasm, stdlib: files.stdlib }, snapshot, host, emit);
    Comlink.expose(engine, port);
    seal(() => 1_767_225_600);
    emit({ event: 'ready' });
  } catch (error) {
    emit({ event: 'fatal', message: error instanceof Error ? error.message : String(error) });
  }
};
