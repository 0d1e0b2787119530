/** The page of a teacher's assignment: opened by a link or a file, worked on, handed in as a file. */
import BrowserOnly from '@docusaurus/BrowserOnly';
import Layout from '@theme/Layout';
import { lazy, type ReactNode, Suspense } from 'react';
import styles from './page.module.css';

// What checks assignments and submissions is large, and no other page has a use for it.
const Desk = lazy(() =>
  import('../site/assignment/assignment-desk.tsx').then(({ AssignmentDesk }) => ({ default: AssignmentDesk })),
);

export default function AssignmentPage(): ReactNode {
  const reading = (
    <main className={styles.page}>
      <h1>Assignment</h1>
      <p>Reading …</p>
    </main>
  );
  return (
    <Layout
      title="Assignment"
      description="Exercises that your teacher has chosen: open them by a link or a file, work on them here, and hand in a file."
    >
      <BrowserOnly fallback={reading}>
        {() => (
          <Suspense fallback={reading}>
            <Desk />
          </Suspense>
        )}
      </BrowserOnly>
    </Layout>
  );
}
