/** Finds and starts the machine's Chromium; tests and the benchmark say what to install where there is none. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

export interface Chromium {
  readonly executablePath: string;
  readonly args: readonly string[];
}

/** In $PATH, else from the npm package `@sparticuz/chromium` where somebody installed it, else null. */
export async function findChromium(): Promise<Chromium | null> {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin'];
  for (const folder of folders.filter((f) => f !== '')) {
    for (const name of NAMES) {
      const executablePath = path.join(folder, name);
      if (existsSync(executablePath)) return { executablePath, args: ARGS };
    }
  }
  // A name in a variable: the package is optional, and the compiler must not look for it.
  const optional = '@sparticuz/chromium';
  try {
    const { default: packed } = await import(optional);
    return { executablePath: await packed.executablePath(), args: [...packed.args, ...ARGS] };
  } catch {
    return null;
  }
}

/** The one line to print where browser tests must be left out. */
export function skipped(what: string): string {
  return `${what} skipped: there is no Chromium on this machine. Install one (apt-get install chromium) and run again.`;
}

export function launch({ executablePath, args }: Chromium, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...args, ...more] });
}
