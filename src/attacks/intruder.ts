/** Stands in the engine's place, inside its frame and its worker, as if Python had been broken out of: tries every way out. */
import type { EngineFile } from '../worker/protocol.ts';
import { seal } from '../worker/seal.ts';

const tries: Record<string, (home: string) => unknown> = {
  fetch: (home) => fetch(`${home}fetch`),
  'fetch without CORS': (home) => fetch(`${home}no-cors`, { mode: 'no-cors' }),
  'fetch of the page': (home) => fetch(home),
  XMLHttpRequest: (home) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('GET', `${home}xhr`);
      request.onload = resolve;
      request.onerror = reject;
      request.send();
    }),
  WebSocket: (home) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${home.replace('http', 'ws')}socket`);
      socket.onopen = resolve;
      socket.onerror = reject;
    }),
  EventSource: (home) =>
    new Promise((resolve, reject) => {
      const source = new EventSource(`${home}events`);
      source.onopen = resolve;
      source.onerror = () => {
        source.close();
        reject(new Error('error'));
      };
    }),
  // biome-ignore lint/security/noGlobalEval: that is what is being tried
  eval: () => globalThis.eval('1 + 1'),
  Function: () => new Function('return 1')(),
  'setTimeout of text': () =>
    new Promise((resolve, reject) => {
      (setTimeout as (code: string, ms: number) => void)('self.reached = true', 0);
      setTimeout(() => ('reached' in self ? resolve(1) : reject(new Error('nothing'))), 50);
    }),
  'import from the network': (home) => import(/* webpackIgnore: true */ `${home}import.js`),
  importScripts: (home) => (self as unknown as { importScripts(url: string): void }).importScripts(`${home}scripts.js`),
  indexedDB: () =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open('x');
      request.onsuccess = resolve;
      request.onerror = reject;
    }),
  caches: () => caches.open('x'),
  'file system': () => navigator.storage.getDirectory(),
  'cookie store': () => (self as unknown as { cookieStore: { getAll(): Promise<unknown> } }).cookieStore.getAll(),
  'nested worker': () => nested(`data:text/javascript,postMessage(1)`),
  'nested module worker': () => nested(`data:text/javascript,postMessage(1)`, 'module'),
  'nested worker from a blob': () => nested(URL.createObjectURL(new Blob(['postMessage(1)']))),
  'nested worker of the page’s': (home) => nested(`${home}worker.js`),
  // Whatever a nested worker can do must be as little.
  'fetch in a nested worker': (home) =>
    nested(`data:text/javascript,fetch('${home}nested').then(() => postMessage('open'), () => postMessage('closed'))`),
  'eval in a nested worker': () =>
    nested(`data:text/javascript,try { eval('1'); postMessage('open') } catch { postMessage('closed') }`),
  'a channel to the page': () =>
    new Promise((resolve, reject) => {
      const channel = new BroadcastChannel('page');
      channel.onmessage = resolve;
      channel.postMessage('anybody there?');
      setTimeout(() => reject(new Error('silence')), 100);
    }),
  WebTransport: (home) =>
    new (self as unknown as { WebTransport: new (url: string) => { ready: Promise<void> } }).WebTransport(
      home.replace('http', 'https'),
    ).ready,
};

function nested(url: string, type: WorkerType = 'classic'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { type });
    worker.onmessage = ({ data }) => (data === 'closed' ? reject(new Error(data)) : resolve(data));
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    setTimeout(() => reject(new Error('silence')), 300);
  });
}

self.onmessage = async ({ data: port }: MessageEvent<MessagePort>) => {
  const open: string[] = [];
  const script = await new Promise<ArrayBuffer>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<EngineFile>) => {
      if (data.file === 'pyodide.asm.mjs') resolve(data.bytes);
    };
  });
  // The test's server hands out its own address under that name.
  const home = new TextDecoder().decode(script).trim();
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 1000));
      await Promise.race([attempt(home), late]);
      open.push(name);
    } catch {
      // Closed.
    }
  }
  seal(() => 0);
  const still =
    'fetch XMLHttpRequest WebSocket EventSource Worker indexedDB caches navigator importScripts postMessage close self location setTimeout performance crypto BroadcastChannel MessageChannel Blob URL Request Response WebTransport FileReaderSync onmessage addEventListener'
      .split(' ')
      .filter((name) => (globalThis as Record<string, unknown>)[name] !== undefined);
  port.postMessage({ event: 'fatal', message: JSON.stringify({ origin: origin(), open, still }) });
};

function origin(): string {
  return String((globalThis as { origin?: unknown }).origin ?? 'gone');
}
