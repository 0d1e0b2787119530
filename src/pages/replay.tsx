/** The page that replay links lead to. */
import BrowserOnly from '@docusaurus/BrowserOnly';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { SharedRun } from '../site/shared-run.tsx';
import styles from './page.module.css';

export default function Replay(): ReactNode {
  return (
    <Layout title="Replay" description="A program and one very run of it, out of a link.">
      <main className={styles.page}>
        <h1>Replay</h1>
        <BrowserOnly>{() => <SharedRun />}</BrowserOnly>
      </main>
    </Layout>
  );
}
