/** Reads a folder of text files into the map that the course loader takes; used at build time only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys are paths below `folder`, with `/`, whatever the system's separator. Hidden files and caches are skipped. */
export function readFolder(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === '__pycache__') continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else files.set(path, readFileSync(join(folder, path), 'utf8'));
    }
  };
  walk('');
  return files;
}
