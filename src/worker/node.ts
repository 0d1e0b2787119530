/** Places engines in child processes of Node that may read their own files and do nothing else. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { createClient, type Placement } from './client.ts';
import type { EngineClient } from './client-types.ts';

/** What holds a child in, beside the wall inside it: no files, no network, no processes, no workers, no code from text. */
export const HELD = ['--permission', '--disallow-code-generation-from-strings', '--no-warnings', '--stack-size=3900'];

/** For whoever watches engines from outside. */
export interface Watch {
  /** More of Node's options: what bounds its heap. */
  readonly flags?: readonly string[];
  /** Sees each child as it begins. */
  readonly placed?: (child: ChildProcess) => void;
}

/** `folder`: where buildEngine put the engine. The children need Node 26 (this process's own executable). */
export function createNodeEngine(folder: string, spares = 0, silence?: number, watch: Watch = {}): EngineClient {
  return createClient(async () => placeInChild(folder, watch), spares, silence);
}

function placeInChild(folder: string, { flags = [], placed }: Watch): Placement {
  const child = fork(path.join(folder, 'node-child.mjs'), [], {
    execArgv: [...HELD, ...flags, `--allow-fs-read=${folder}${path.sep}*`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  placed?.(child);
  return {
    endpoint: endpointOf(child),
    terminate: () => void child.kill('SIGKILL'),
    onDeath: (listener) =>
      void child.on('exit', (code, signal) => listener(`the engine's process ended (${signal ?? code})`)),
  };
}

function endpointOf(child: ChildProcess): Placement['endpoint'] {
  const wrapped = new Map<unknown, (data: unknown) => void>();
  return {
    postMessage: (message) => void (child.connected && child.send(message as object, () => {})),
    addEventListener(_, listener) {
      const handler = (data: unknown) => (listener as unknown as (event: { data: unknown }) => void)({ data });
      wrapped.set(listener, handler);
      child.on('message', handler);
    },
    removeEventListener(_, listener) {
      const handler = wrapped.get(listener);
      if (handler) child.off('message', handler);
    },
  };
}
