/** How much of the engine has arrived, as React state. */
import { useSyncExternalStore } from 'react';
import type { EngineProgress } from '../worker/client-types.ts';
import { engineProgress, subscribeEngine } from './engine.ts';

const BEFORE: EngineProgress = { phase: 'idle', loaded: 0, total: 0 };

export function useEngineProgress(): EngineProgress {
  return useSyncExternalStore(subscribeEngine, engineProgress, () => BEFORE);
}
