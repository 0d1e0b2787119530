/** Places engines in workers of a sandboxed frame, on any static host: the page fetches, the frame may not. */

import { createClient, type Placement, Unsupported } from './client.ts';
import type { EngineClient } from './client-types.ts';
import type { EngineFile, EngineFileName } from './protocol.ts';

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
  worker.postMessage(data.port, [data.port]);
});
parent.postMessage({ framed: true }, '*');
</script>`;

/** What the worker is made of, and what it then waits for, largest first. */
const WORKER = 'worker.js';
const FILES: readonly EngineFileName[] = [
  'memory.bin.gz',
  'pyodide.asm.wasm.gz',
  'python_stdlib.zip',
  'pyodide.asm.mjs',
  'addresses.json',
];

/** `baseUrl`: where the site serves what buildEngine wrote, with a slash at its end. Browser only. */
export function createBrowserEngine(baseUrl: string): EngineClient {
  let files: Promise<Downloads> | null = null;
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
    try {
      const [inner, downloads] = await Promise.all([frame, files]);
      return await place(inner, downloads, nextId++);
    } catch (error) {
      files = null;
      throw error;
    }
  }, 1);
}

/** A file that is on its way, or has arrived and stays: the next engine needs it too. */
type Downloads = ReadonlyMap<string, Promise<ArrayBuffer>>;

/** Starts to fetch all files side by side and reports the bytes that have arrived. They stay packed: the worker unpacks. */
async function load(baseUrl: string, progress: (loaded: number, total: number) => void): Promise<Downloads> {
  const stamp = JSON.parse(new TextDecoder().decode(await download(`${baseUrl}version.json`, () => {}))) as {
    version: string;
    sizes: Record<string, number>;
  };
  const names = [WORKER, ...FILES];
  const total = names.reduce((sum, name) => sum + (stamp.sizes[name] ?? 0), 0);
  const arrived = new Map<string, number>();
  let told = 0;
  progress(0, total);
  return new Map(
    names.map((name) => [
      name,
      download(`${baseUrl}${name}?v=${stamp.version}`, (bytes) => {
        arrived.set(name, bytes);
        const loaded = [...arrived.values()].reduce((sum, n) => sum + n, 0);
        // Each telling renders the page anew.
        if (loaded - told > total / 50 || loaded >= total) {
          told = loaded;
          progress(Math.min(loaded, total), total);
        }
      }),
    ]),
  );
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

/** Starts a worker as soon as its script is here; the other files follow through its port as they arrive. */
async function place(frame: HTMLIFrameElement, downloads: Downloads, id: number): Promise<Placement> {
  const { port1, port2 } = new MessageChannel();
  const inner = frame.contentWindow as Window;
  const script = await (downloads.get(WORKER) as Promise<ArrayBuffer>);
  inner.postMessage({ id, worker: toBase64(new Uint8Array(script)), port: port2 }, '*', [port2]);
  const sent = FILES.map(async (name) => {
    // A copy is given away; the page keeps its own for the next engine.
    const bytes = (await (downloads.get(name) as Promise<ArrayBuffer>)).slice(0);
    port1.postMessage({ file: name, bytes } satisfies EngineFile, [bytes]);
  });
  await Promise.all(sent);
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
