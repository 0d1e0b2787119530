/** The learner's progress and the health of the browser's storage, as React state that follows other tabs too. */
import { useMemo, useSyncExternalStore } from 'react';
import { PROGRESS_KEY, readSolved, type Solved } from './progress.ts';
import { pageStore, type StoreHealth } from './store.ts';

export function useSolved(): Solved {
  const text = useSyncExternalStore(
    pageStore().subscribe,
    () => pageStore().get(PROGRESS_KEY),
    () => null,
  );
  return useMemo(() => readSolved(text), [text]);
}

export function useStoreHealth(): StoreHealth {
  return useSyncExternalStore(
    pageStore().subscribe,
    () => pageStore().health,
    () => 'ok',
  );
}
