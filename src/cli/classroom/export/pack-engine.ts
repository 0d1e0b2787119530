/** The engine's files for a repository of students: each packed by itself, and none too large for git hosts. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { PACKED } from '../student/engine-folder.ts';

/** One more level saves hundreds of kB and takes seconds. */
const LEVEL = 12;
const compress = promisify(zstdCompress);

/** `from`: what buildEngine wrote for Node. Resolves to the bytes written. */
export async function packEngine(from: string, to: string): Promise<number> {
  mkdirSync(to, { recursive: true });
  const stamp = readFileSync(path.join(from, 'version.json'), 'utf8');
  writeFileSync(path.join(to, 'version.json'), stamp);
  const { sizes } = JSON.parse(stamp) as { sizes: Record<string, number> };
  const written = Object.keys(sizes).map(async (name) => {
    const plain = readFileSync(path.join(from, name));
    const packed = await compress(plain, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
    writeFileSync(path.join(to, name + PACKED), packed);
    return packed.length;
  });
  return (await Promise.all(written)).reduce((sum, size) => sum + size, 0);
}
