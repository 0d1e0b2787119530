/** Places engines in workers of a sandboxed frame, on any static host: the page fetches, the frame may not. */

import { createClient, type Placement, Unsupported } from './client.ts';
import type { EngineClient } from './client-types.ts';
import type { EngineFiles } from './protocol.ts';

/**
 * What the frame may do: run the scripts handed to it and compile WebAssembly. No network, no storage, no opener, and
 * no origin, so that even code that broke out of Python and of our wall finds nothing (design: "the browser seal").
 */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob: data:; worker-src data:; connect-src 'none'";

/** Inside the frame: starts a worker for each port it is given, and ends it when told to. */
const FRAME = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>
const workers = new Map();
addEventListener('message', ({ data }) => {
  if (data.end) { workers.get(data.id)?.terminate(); workers.delete(data.id); return; }
  const worker = new Worker('data:text/javascript;base64,' + data.worker, { type: 'module' });
  workers.set(data.id, worker);
  worker.onerror = (event) => parent.postMessage({ died: data.id, why: event.message || 'the engine stopped' }, '*');
  const { port, files } = data;
  worker.postMessage({ port, files }, [port, files.wasm, files.memory.buffer, files.stdlib.buffer]);
});
parent.postMessage({ framed: true }, '*');
</script>`;

const PACKED = ['pyodide.asm.wasm.gz', 'memory.bin.gz'] as const;
const PLAIN = ['pyodide.asm.mjs', 'python_stdlib.zip', 'addresses.json', 'worker.js'] as const;

/** `baseUrl`: where the site serves what buildEngine wrote, with a slash at its end. Browser only. */
export function createBrowserEngine(baseUrl: string): EngineClient {
  let files: Promise<Loaded> | null = null;
  let frame: Promise<HTMLIFrameElement> | null = null;
  let nextId = 1;
  return createClient(async (progress) => {
    if (!('Suspending' in WebAssembly)) {
      throw new Unsupported(
        'This browser cannot suspend WebAssembly yet. Chrome and Edge 137, Firefox 153 and Safari 27 can.',
      );
    }
    frame ??= openFrame();
    files ??= load(baseUrl, progress);
    files.catch(() => {
      files = null;
    });
    const [inner, loaded] = await Promise.all([frame, files]);
    return place(inner, loaded, nextId++);
  }, 1);
}

interface Loaded {
  readonly worker: string;
  readonly files: EngineFiles;
}

/**
 * Fetches all files side by side and reports the bytes that have arrived. Packed ones stay packed: the worker unpacks
 * them, since this thread is busy with the page's first paint and the editor.
 */
async function load(baseUrl: string, progress: (loaded: number, total: number) => void): Promise<Loaded> {
  const stamp = JSON.parse(new TextDecoder().decode(await download(`${baseUrl}version.json`, () => {}))) as {
    version: string;
    sizes: Record<string, number>;
  };
  const total = [...PACKED, ...PLAIN].reduce((sum, name) => sum + (stamp.sizes[name] ?? 0), 0);
  let told = 0;
  progress(0, total);
  const arrived = new Map<string, number>();
  const fetchFile = (name: string): Promise<ArrayBuffer> =>
    download(`${baseUrl}${name}?v=${stamp.version}`, (bytes) => {
      arrived.set(name, bytes);
      const loaded = [...arrived.values()].reduce((sum, n) => sum + n, 0);
      // Each telling renders the page anew.
      if (loaded - told > total / 50) {
        told = loaded;
        progress(Math.min(loaded, total), total);
      }
    });
  const [wasm, memory, script, stdlib, addresses, worker] = await Promise.all([...PACKED, ...PLAIN].map(fetchFile));
  progress(total, total);
  const text = (bytes: ArrayBuffer | undefined) => new TextDecoder().decode(bytes);
  return {
    worker: toBase64(new Uint8Array(worker as ArrayBuffer)),
    files: {
      script: text(script),
      wasm: wasm as ArrayBuffer,
      stdlib: new Uint8Array(stdlib as ArrayBuffer),
      memory: new Uint8Array(memory as ArrayBuffer),
      addresses: JSON.parse(text(addresses)),
    },
  };
}

/**
 * XMLHttpRequest, because it gathers a file off this thread and still tells how far it is. A fetch would hand over chunk
 * by chunk on the thread that is busy with the page.
 */
function download(url: string, progress: (bytes: number) => void): Promise<ArrayBuffer> {
  const request = new XMLHttpRequest();
  request.open('GET', url);
  request.responseType = 'arraybuffer';
  request.onprogress = ({ loaded }) => progress(loaded);
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(new Error(`The engine could not be loaded: ${request.status || 'no answer'} for ${url}.`));
    request.onload = () => (request.status >= 400 ? fail() : resolve(request.response));
    request.onerror = fail;
    request.send();
  });
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

function openFrame(): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.hidden = true;
  frame.title = 'Python engine';
  frame.srcdoc = FRAME;
  return new Promise((resolve) => {
    addEventListener('message', function listen({ source, data }) {
      if (source !== frame.contentWindow || !data?.framed) return;
      removeEventListener('message', listen);
      resolve(frame);
    });
    // Not into the body: this may run before there is one.
    document.documentElement.append(frame);
  });
}

function place(frame: HTMLIFrameElement, { worker, files }: Loaded, id: number): Placement {
  const { port1, port2 } = new MessageChannel();
  const inner = frame.contentWindow as Window;
  // The frame and its worker get copies of their own; the page keeps the files for the next engine.
  const copies = { ...files, wasm: files.wasm.slice(0), memory: files.memory.slice(), stdlib: files.stdlib.slice() };
  const owned = [port2, copies.wasm, copies.memory.buffer, copies.stdlib.buffer];
  inner.postMessage({ id, worker, port: port2, files: copies }, '*', owned);
  return {
    endpoint: port1,
    terminate: () => {
      inner.postMessage({ id, end: true }, '*');
      port1.close();
    },
    onDeath(listener) {
      addEventListener('message', ({ source, data }) => {
        if (source === inner && data?.died === id) listener(String(data.why));
      });
    },
  };
}
