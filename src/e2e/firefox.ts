/** Starts the machine's Firefox on one page, without a driver: the page itself sends home what it has to say. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The first release that can suspend WebAssembly. */
const OLDEST = 153;

/** Path of a Firefox that is new enough, or null. */
export function findFirefox(): string | null {
  for (const file of ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/usr/local/bin/firefox']) {
    if (!existsSync(file)) continue;
    const said = execFileSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
    if (Number(/(\d+)\./.exec(said)?.[1]) >= OLDEST) return file;
  }
  return null;
}

/** Opens `url` in a profile of its own; call what is returned to end the browser and drop the profile. */
export function openFirefox(executable: string, url: string): () => Promise<void> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'hb-firefox-'));
  writeFileSync(
    path.join(profile, 'user.js'),
    [
      ['browser.shell.checkDefaultBrowser', false],
      ['browser.startup.homepage_override.mstone', '"ignore"'],
      ['datareporting.policy.dataSubmissionEnabled', false],
      ['toolkit.telemetry.reportingpolicy.firstRun', false],
      ['app.update.enabled', false],
      ['network.captive-portal-service.enabled', false],
      ['network.connectivity-service.enabled', false],
    ]
      .map(([name, value]) => `user_pref("${name}", ${value});\n`)
      .join(''),
  );
  const child: ChildProcess = spawn(executable, ['--headless', '--no-remote', '--profile', profile, url], {
    stdio: 'ignore',
    env: { ...process.env, HOME: profile, MOZ_HEADLESS: '1' },
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return async () => {
    try {
      // The whole group: Firefox has content processes of its own.
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
}
