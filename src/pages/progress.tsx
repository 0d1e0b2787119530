/** The progress page: every exercise with its mark, and progress as a file. */
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { ExerciseList } from '../site/exercise-list.tsx';
import { ProgressTransfer } from '../site/progress-transfer.tsx';
import { StorageWarning } from '../site/storage-warning.tsx';
import { allExercises, useCourse } from '../site/use-course.ts';
import { useSolved } from '../site/use-progress.ts';
import styles from './page.module.css';

export default function Progress(): ReactNode {
  const exercises = allExercises(useCourse());
  const solved = useSolved();
  const done = exercises.filter(({ slug }) => slug in solved).length;
  return (
    <Layout
      title="Exercises and progress"
      description="All exercises of the course, and which of them you have solved."
    >
      <main className={styles.page}>
        <h1>Exercises</h1>
        <StorageWarning />
        <p className={styles.meter}>
          <progress value={done} max={Math.max(1, exercises.length)} aria-label="Exercises solved" />
          <span>
            {done} of {exercises.length} solved
          </span>
        </p>
        <p>
          Your teacher gave you a link or a file? Then <Link to="/assignment">open your assignment</Link>.
        </p>
        <ExerciseList />
        <h2>Take it with you</h2>
        <p>
          Progress lives in this browser only. The file holds what you have solved and the code you have typed;
          importing it elsewhere adds to what is there.
        </p>
        <ProgressTransfer />
      </main>
    </Layout>
  );
}
