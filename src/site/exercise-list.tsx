/** All exercises by topic, each with its mark: beside an exercise and on the progress page. */
import Link from '@docusaurus/Link';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './exercise-list.module.css';
import { SolvedMark } from './solved-mark.tsx';
import { useCourse } from './use-course.ts';
import { useSolved } from './use-progress.ts';

/** `current` is the slug of the exercise on this page. */
export function ExerciseList({ current }: { readonly current?: string }): ReactNode {
  const { topics } = useCourse();
  const solved = useSolved();
  return (
    <>
      {topics
        .filter((topic) => topic.exercises.length > 0)
        .map((topic) => (
          <section key={topic.slug} className={styles.topic}>
            <h2 className={styles.heading}>
              <span>{topic.title}</span>
              <span className={styles.count}>
                {topic.exercises.filter(({ slug }) => slug in solved).length} of {topic.exercises.length}
              </span>
            </h2>
            <ol className={styles.list}>
              {topic.exercises.map(({ slug, title }) => (
                <li key={slug}>
                  <Link
                    to={`/exercises/${slug}`}
                    className={clsx(styles.link, slug === current && styles.current)}
                    aria-current={slug === current ? 'page' : undefined}
                  >
                    <SolvedMark solved={slug in solved} />
                    <span>{title}</span>
                  </Link>
                </li>
              ))}
            </ol>
          </section>
        ))}
    </>
  );
}
