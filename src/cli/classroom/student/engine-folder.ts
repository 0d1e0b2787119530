/** The engine of a student's repository: packed in git, unpacked into a folder that git ignores when it is first needed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { Usage } from '../../usage.ts';

/** What the export puts behind the name of a packed file. */
export const PACKED = '.zst';

/** `packed`: the folder with the packed files and `version.json`; `cache`: may be made, and removed at any time. */
export function unpackEngine(packed: string, cache: string): string {
  const { version, sizes } = JSON.parse(readFileSync(path.join(packed, 'version.json'), 'utf8')) as {
    version: string;
    sizes: Record<string, number>;
  };
  const folder = path.join(cache, `engine-${version}`);
  if (existsSync(folder)) return folder;
  process.stderr.write('unpacking the engine (once)…\n');
  // Under another name first, so that nobody ever finds half an engine; those of earlier versions go.
  if (existsSync(cache)) for (const old of readdirSync(cache)) rmSync(path.join(cache, old), { recursive: true });
  const scratch = `${folder}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  for (const [name, size] of Object.entries(sizes)) {
    const contents = unpack(path.join(packed, name + PACKED), size);
    writeFileSync(path.join(scratch, name), contents);
  }
  renameSync(scratch, folder);
  return folder;
}

function unpack(file: string, size: number): Uint8Array {
  try {
    const contents = zstdDecompressSync(readFileSync(file), { maxOutputLength: size });
    if (contents.length === size) return contents;
  } catch {
    // Whatever is wrong with it, the advice is the same.
  }
  throw new Usage(`${file}: is damaged or missing. git checkout -- .happens-before brings it back.`);
}
