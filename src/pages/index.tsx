/** The home page: a run that loses money, replayed, and ready to be run again. */
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { HomeReplay } from '../site/home-replay.tsx';
import { useCourse } from '../site/use-course.ts';
import styles from './index.module.css';

export default function Home(): ReactNode {
  const { topics } = useCourse();
  return (
    <Layout description="Learn Python concurrency with real threads in your browser, under a scheduler you can steer.">
      <main className={styles.home}>
        <header className={styles.intro}>
          <h1 className={styles.headline}>
            Two threads pay in.
            <br />
            Where does the money go?
          </h1>
          <p className={styles.lead}>
            Happens-Before is a course on Python concurrency. Its programs run here, on CPython itself, under a
            scheduler that can try the orders your own machine will only hit in production.
          </p>
        </header>
        <div className={styles.program}>
          <HomeReplay />
        </div>
        <ol className={styles.chapters}>
          {topics.map((topic) => (
            <li key={topic.slug}>
              <Link to={`/learn/${topic.slug}`}>{topic.title}</Link>
              <span className={styles.count}>{topic.exercises.length} exercises</span>
            </li>
          ))}
          <li>
            <Link to="/playground">Playground</Link>
            <span className={styles.count}>a program of your own</span>
          </li>
        </ol>
      </main>
    </Layout>
  );
}
