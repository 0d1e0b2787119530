/** Shows how much of the engine has arrived, from the first bytes until Python is ready. */
import type { ReactNode } from 'react';
import styles from './engine-status.module.css';
import { useEngineProgress } from './use-engine-progress.ts';
import { describeProgress } from './words.ts';

/** `wanted`: a program waits for the engine, so that problems are worth a word. */
export function EngineStatus({ wanted }: { readonly wanted: boolean }): ReactNode {
  const progress = useEngineProgress();
  const { phase, loaded, total } = progress;
  if (phase === 'idle' || phase === 'ready') return null;
  if (phase === 'unsupported' || phase === 'failed')
    return wanted ? null : <p className={styles.problem}>{describeProgress(progress)}</p>;
  return (
    <p className={styles.status}>
      <progress className={styles.bar} {...(phase === 'loading' && total > 0 ? { value: loaded, max: total } : {})} />
      <span>{describeProgress(progress)}</span>
    </p>
  );
}
