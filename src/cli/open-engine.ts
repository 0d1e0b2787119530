/** The engine that every command uses: built if its sources have changed, which is said on stderr. */
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import { say } from './say.ts';

export async function openEngine(): Promise<EngineClient> {
  return createNodeEngine(await buildEngine(say));
}
