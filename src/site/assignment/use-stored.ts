/** Something read out of the browser's storage, read again whenever that changes, in this tab or another. */
import { useEffect, useReducer } from 'react';
import { pageStore, type Store } from '../store.ts';

export function useStored<T>(read: (store: Store) => T): T {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => pageStore().subscribe(again), []);
  return read(pageStore());
}
