/** The page of one exercise: the route component of the course plugin, hence a default export. */
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './exercise.module.css';
import { ExerciseBody } from './exercise.tsx';
import type { ExerciseData } from './exercise-data.ts';
import { ExerciseList } from './exercise-list.tsx';
import { allExercises, useCourse } from './use-course.ts';
import withAside from './with-aside.module.css';

export default function ExercisePage({ exercise }: { readonly exercise: ExerciseData }): ReactNode {
  const all = allExercises(useCourse());
  const at = all.findIndex((entry) => entry.slug === exercise.slug);
  const [previous, next] = [all[at - 1], all[at + 1]];
  return (
    <Layout title={exercise.title} description={`Exercise: ${exercise.title} (${exercise.concepts.join(', ')})`}>
      <div className={withAside.page}>
        <nav className={withAside.aside} aria-label="Exercises">
          <ExerciseList current={exercise.slug} />
        </nav>
        <main>
          <p className={withAside.crumb}>
            <Link to={`/learn/${exercise.topic}`}>{exercise.topicTitle}</Link>
          </p>
          <h1 className={styles.pageTitle}>{exercise.title}</h1>
          <ExerciseBody data={exercise} />
          <nav className={clsx(withAside.around, styles.neighbours)} aria-label="Neighbouring exercises">
            {previous && <Link to={`/exercises/${previous.slug}`}>← {previous.title}</Link>}
            {next && <Link to={`/exercises/${next.slug}`}>{next.title} →</Link>}
          </nav>
        </main>
      </div>
    </Layout>
  );
}
