/** The site as its readers get it: built, and served on this machine. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type StaticServer, serve } from './static-server.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const SITE = path.join(root, '.cache/site');

/** Builds it if it is not there: `npm test` has built it already. */
export async function serveSite(): Promise<StaticServer> {
  if (!existsSync(path.join(SITE, 'index.html'))) {
    const docusaurus = path.join(root, 'node_modules/@docusaurus/core/bin/docusaurus.mjs');
    const built = spawnSync(process.execPath, [docusaurus, 'build', '--out-dir', SITE], { cwd: root });
    if (built.status !== 0) throw new Error(`the site does not build: ${built.stderr}`);
  }
  return serve({ '/': SITE });
}
