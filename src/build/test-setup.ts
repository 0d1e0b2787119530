/** Before the first test: the engine's files, made once for all test processes, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('engine.ts', import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the engine could not be built');
}
