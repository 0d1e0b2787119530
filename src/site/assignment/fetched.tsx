/** What depends on exercises that are fetched first: the wait, and the button that tries again, are the same everywhere. */
import type { ReactNode } from 'react';
import type { ExerciseData } from '../exercise-data.ts';
import { useExercises } from './use-exercises.ts';
import { words } from './words.ts';

export interface FetchedProps {
  /** The same list on every render. */
  readonly slugs: readonly string[];
  readonly children: (exercises: readonly ExerciseData[]) => ReactNode;
}

export function Fetched({ slugs, children }: FetchedProps): ReactNode {
  const [exercises, retry] = useExercises(slugs);
  if (exercises.phase === 'here') return children(exercises.all);
  if (exercises.phase === 'fetching') return <p role="status">{words.readingExercise}</p>;
  return (
    <div className="hb-warning" role="alert">
      <p>{words.fetchFailed}</p>
      <button type="button" className="hb-button hb-quiet" onClick={retry}>
        {words.tryAgain}
      </button>
    </div>
  );
}
