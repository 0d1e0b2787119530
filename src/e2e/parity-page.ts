/** The page of the parity test: runs the jobs it is handed in this browser's engine and posts the records back. */

import { createBrowserEngine } from '../worker/browser.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { type Job, runJobs } from './parity-jobs.ts';

async function main(): Promise<void> {
  let client: EngineClient | null = null;
  let body: string;
  try {
    const jobs = (await (await fetch('/jobs.json')).json()) as Job[];
    client = createBrowserEngine('/engine/');
    body = JSON.stringify(await runJobs(client, jobs));
  } catch (error) {
    body = JSON.stringify({ failed: String(error) });
  }
  await fetch('/records', { method: 'POST', body });
  client?.dispose();
}

main();
