/** Who uses the engine: it runs one thing at a time, so starting in one editor stops what another one runs. */

let current: { readonly stop: () => void } | null = null;

/** Stops whatever runs on this page and takes its place; call the answer when done. */
export function takeEngine(stop: () => void): () => void {
  const mine = { stop };
  const before = current;
  current = mine;
  before?.stop();
  return () => {
    if (current === mine) current = null;
  };
}
