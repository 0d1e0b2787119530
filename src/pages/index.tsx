/** The home page: a program that loses money, ready to run. */
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { LOST_UPDATE } from '../site/lost-update.ts';
import { useCourse } from '../site/use-course.ts';
import { Workbench } from '../site/workbench.tsx';
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
        </header>
        <div className={styles.program}>
          <Workbench
            scope="home"
            title="Press Run a few times"
            starter={LOST_UPDATE}
            schedule="random"
            model="every-bytecode"
          />
        </div>
      </main>
    </Layout>
  );
}
