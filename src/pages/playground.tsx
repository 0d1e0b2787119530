/** The playground: any program of one's own, kept in the browser. */
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { Workbench } from '../site/workbench.tsx';
import styles from './page.module.css';

const STARTER: Readonly<Record<string, string>> = {
  'main.py': `import threading
import time

def count(name, pause):
    for n in range(3):
        time.sleep(pause)
        print(name, n)

fast = threading.Thread(target=count, args=('fast', 0.1))
slow = threading.Thread(target=count, args=('slow', 0.25))
fast.start()
slow.start()
fast.join()
slow.join()
print('done')
`,
};

export default function Playground(): ReactNode {
  return (
    <Layout title="Playground" description="Run a threaded Python program of your own in the browser.">
      <main className={styles.page}>
        <h1>Playground</h1>
        <p>
          Your program, on CPython 3.14 in this page. The first file is the one that runs; the others can be imported or
          opened. Everything is kept in this browser and goes nowhere else.
        </p>
        <Workbench scope="playground" starter={STARTER} playground />
      </main>
    </Layout>
  );
}
