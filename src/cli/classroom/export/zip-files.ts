/** Writes a .zip whose bytes depend on nothing but the files in it. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';

/** As early as a zip can say. */
const NO_TIME = new Date(1980, 0, 1);

export async function zipFiles(to: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const [name, contents] of files) {
    // Packed already.
    const compress = !/\.(gz|zip)$/.test(name);
    zip.addBuffer(Buffer.from(contents), name, { mtime: NO_TIME, mode: 0o100644, compress, forceDosTimestamp: true });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
}
