/** The one engine of a page: loaded when first wanted, shared by every editor. */
import type { EngineClient, EngineProgress } from '../worker/client-types.ts';

let client: Promise<EngineClient> | null = null;
let progress: EngineProgress = { phase: 'idle', loaded: 0, total: 0 };
const listeners = new Set<() => void>();

export function engineProgress(): EngineProgress {
  return progress;
}

export function subscribeEngine(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** JavaScript Promise Integration: without it a Python thread cannot be suspended. */
export function hasJspi(): boolean {
  return typeof WebAssembly !== 'undefined' && 'Suspending' in WebAssembly;
}

/** Starts loading on the first call. `baseUrl` is where the build put the engine's static files. */
export function loadEngine(baseUrl: string): Promise<EngineClient> {
  // The page's head names the same module: it has been loading since the first byte. In a package the address is relative
  // to the page, and would here be to this script.
  const address = new URL('client.js', new URL(baseUrl, document.baseURI)).href;
  const page: Promise<typeof import('../worker/page-engine.ts')> = import(/* webpackIgnore: true */ address);
  client ??= page.then(
    ({ engine }) => {
      engine.onProgress(setProgress);
      engine.warm();
      return engine;
    },
    (error: unknown) => {
      // So that the next Run tries again: the network may be back by then.
      client = null;
      setProgress({
        phase: 'failed',
        loaded: 0,
        total: 0,
        reason: 'its program could not be fetched. Check the connection.',
      });
      throw error;
    },
  );
  return client;
}

/** Loads ahead of the first Run, unless the reader asked for little traffic or the browser cannot run it anyway. */
export function warmEngine(baseUrl: string): void {
  if (!hasJspi()) {
    setProgress({ phase: 'unsupported', loaded: 0, total: 0 });
    return;
  }
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  if (connection?.saveData !== true) loadEngine(baseUrl).catch(() => {});
}

function setProgress(next: EngineProgress): void {
  progress = next;
  for (const listener of [...listeners]) listener();
}
