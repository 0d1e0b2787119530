/** The exercises of an assignment, each with its points and its attempts. */
import Link from '@docusaurus/Link';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { AssignedExercise, Assignment } from '../../classroom/assignment.ts';
import { SolvedMark } from '../solved-mark.tsx';
import styles from './assignment.module.css';
import type { View } from './place.ts';
import { useStored } from './use-stored.ts';
import { verdictWords } from './verdict-words.ts';
import { attemptsUsed, pointsSoFar } from './words.ts';
import { workOf } from './work.ts';

export interface AssignedListProps {
  readonly assignment: Assignment;
  readonly exercises: readonly AssignedExercise[];
  readonly titles: ReadonlyMap<string, string>;
  /** Slug of the exercise on this page. */
  readonly current: string | null;
  readonly hrefOf: (view: View) => string;
}

export function AssignedList({ assignment, exercises, titles, current, hrefOf }: AssignedListProps): ReactNode {
  const works = useStored((store) => new Map(exercises.map(({ slug }) => [slug, workOf(store, assignment.id, slug)])));
  return (
    <ol className={styles.list}>
      {exercises.map(({ slug, points }) => {
        const { attempts = [], graded = null } = works.get(slug) ?? {};
        const last = attempts.at(-1);
        return (
          <li key={slug} className={clsx(styles.row, slug === current && styles.current)}>
            <SolvedMark solved={graded !== null && graded.points >= points} />
            <div className={styles.grow}>
              <Link
                to={hrefOf({ kind: 'exercise', slug })}
                className={clsx(styles.rowTitle)}
                aria-current={slug === current ? 'page' : undefined}
              >
                {titles.get(slug)}
              </Link>
              <div className={styles.muted}>
                {pointsSoFar(graded?.points ?? null, points, last && verdictWords(last.verdict))} ·{' '}
                {attemptsUsed(attempts.length, assignment.attempts)}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
