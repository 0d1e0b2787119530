/** The data of some exercises, fetched when a view needs them. */
import { useEffect, useState } from 'react';
import type { ExerciseData } from '../exercise-data.ts';
import { loadExercise } from './exercise-source.ts';

export type Exercises =
  | { readonly phase: 'fetching' }
  | { readonly phase: 'here'; readonly all: readonly ExerciseData[] }
  | { readonly phase: 'failed' };

/** `slugs` must be the same list on every render. The function tries again. */
export function useExercises(slugs: readonly string[]): readonly [Exercises, () => void] {
  const [exercises, setExercises] = useState<Exercises>({ phase: 'fetching' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another try
  useEffect(() => {
    let current = true;
    setExercises({ phase: 'fetching' });
    Promise.all(slugs.map(loadExercise)).then(
      (all) => current && setExercises({ phase: 'here', all }),
      () => current && setExercises({ phase: 'failed' }),
    );
    return () => {
      current = false;
    };
  }, [slugs, turn]);
  return [exercises, () => setTurn(turn + 1)];
}
