/** The page of the parallel test: runs the programs on this browser's processors and posts the records back. */
import { createBrowserEngine } from '../worker/browser.ts';
import { runParallel } from './parallel-jobs.ts';

async function main(): Promise<void> {
  const client = createBrowserEngine('/engine/');
  const body = await runParallel(client).then(
    (records) => JSON.stringify(records),
    (error) => JSON.stringify({ failed: String(error) }),
  );
  await fetch('/records', { method: 'POST', body });
  client.dispose();
}

main();
