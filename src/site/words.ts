/** The short texts of the page that are computed: sizes, seconds, the line under a finished run. */

import type { RunRecord } from '../kernel/types.ts';
import type { EngineProgress } from '../worker/client-types.ts';

/** "exit code 0 · 2 processes · 3 threads · 4 tasks · 1.000 s on the program's clock" */
export function summarise(run: RunRecord): string {
  const { processes } = run.trace;
  // Faults are nobody's.
  const all = run.trace.tasks.filter(({ process }) => process !== 0);
  const tasks = all.filter(({ thread }) => thread === undefined);
  const fibers = all.length - tasks.length;
  const parts = [ending(run)];
  if (run.name === 'parallel') return [...parts, `${run.clock.toFixed(2)} s on real processors`].join(' · ');
  if (processes.length > 1) parts.push(`${processes.length} processes`);
  // In each process one: that goes without saying.
  if (tasks.length > 0 && (processes.length <= 1 || tasks.length > processes.length))
    parts.push(tasks.length === 1 ? '1 thread' : `${tasks.length} threads`);
  if (fibers > 0) parts.push(fibers === 1 ? '1 task' : `${fibers} tasks`);
  parts.push(`${run.clock.toFixed(3)} s on the program’s clock`);
  return parts.join(' · ');
}

function ending({ outcome }: RunRecord): string {
  switch (outcome.kind) {
    case 'exit':
      return `exit code ${outcome.code}`;
    case 'exception':
      return `ended by ${outcome.type}`;
    case 'deadlock':
      return 'deadlock';
    case 'limit':
      return outcome.limit === 'wall time' ? 'time limit' : `${outcome.limit} limit`;
    case 'livelock':
      return 'livelock';
    case 'paused':
      return 'paused';
  }
}

/** All that a run has shown, on whichever terminal. */
export function outputOf({ stdout, stderr, terminals }: RunRecord): string {
  return `${stdout}${stderr}${(terminals ?? []).map(({ output }) => output).join('')}`;
}

export function describeProgress({ phase, loaded, total, reason }: EngineProgress): string {
  switch (phase) {
    case 'idle':
      return '';
    case 'loading':
      return total > 0 ? `Fetching Python: ${megabytes(loaded)} of ${megabytes(total)} MB` : 'Fetching Python …';
    case 'booting':
      return 'Starting Python …';
    case 'ready':
      return 'Python is ready';
    case 'unsupported':
      return NO_JSPI;
    case 'failed':
      return `Python could not be started: ${reason ?? 'unknown reason'}`;
  }
}

export const NO_JSPI =
  'This browser cannot suspend WebAssembly (JSPI), which running threads needs: use Chrome or Edge 137+, Firefox 153+ or Safari 27+, or run the course locally with npm ci && npm test.';

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** A short stable name for a program that has none: a hash of its text (FNV-1a, 32 bits). */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
