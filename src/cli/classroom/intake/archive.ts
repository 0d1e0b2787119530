/** Zip archives: listed, checked and bounded before anything of them is unpacked, and never unpacked to disk. */
import { close } from 'node:fs';
import { crc32 } from 'node:zlib';
import {
  type Entry,
  fromBufferPromise,
  fromFdPromise,
  getFileNameLowLevel,
  validateFileName,
  type ZipFile,
} from 'yauzl';
import { ARCHIVE_LIST, type ArchiveBounds, LARGEST_RATIO, LONGEST_PATH, RATIO_FROM } from './bounds.ts';
import { recognised } from './decode-text.ts';
import { tooLarge } from './disk.ts';
import { type Found, type Holder, inOrder, isRubbish, rubbish, type Stray } from './found.ts';
import { printable } from './printable.ts';
import { Refusal, size } from './refusal.ts';

const ASK = 'Ask the student to hand in again.';
const BOMB = 'It is made to fill the memory of whoever unpacks it: speak with the student.';

/** Where the archive's bytes are: in memory, or in an open file that closes with it. */
export type Source = { readonly bytes: Buffer } | { readonly fd: number };

export interface Opened extends Holder {
  close(): void;
}

/**
 * `names`: the archive's own, which is `shown` so. `given`: so many of the names of what is in it are the teacher's, at
 * most. Throws Refusal.
 */
export async function openArchive(
  source: Source,
  names: readonly string[],
  shown: string,
  given: number,
  bounds: ArchiveBounds,
): Promise<Opened> {
  const show = (path: readonly string[]) => {
    const below = path.slice(names.length).map((name) => printable(name, 120));
    return below.length === 0 ? shown : `${shown}!${below.join('/')}`;
  };
  const zip = await open(source);
  try {
    const entries = await listed(zip, bounds);
    const left = { bytes: bounds.unpacked };
    const files: Found[] = [];
    const strays: Stray[] = [];
    const last = new Map(entries.map((entry) => [nameOf(entry), entry]));
    for (const entry of entries) {
      const name = nameOf(entry);
      const parts = name.split('/').filter((part) => part !== '' && part !== '.');
      const path = [...names, ...(parts.length > 0 ? parts : [name])];
      const refuse = (reason: string, advice: string) =>
        strays.push({ names: path, shown: show(path), kind: 'other', reason, advice });
      if (parts.some(isRubbish)) strays.push(rubbish(path, show(path)));
      else if (escapes(name)) refuse('has a name that leads out of the archive.', `It was not looked at. ${ASK}`);
      else if (isLink(entry)) refuse('is a link, and links are not followed.', ASK);
      else if (name.endsWith('/')) {
        if (entry.uncompressedSize > 0) refuse('is called like a folder, and has contents of its own.', ASK);
      } else if (isSpecial(entry)) refuse('is no plain file but a pipe, a socket or a device.', ASK);
      else if (last.get(name) !== entry) refuse('is in the archive twice; the last one counts.', ASK);
      else {
        const read = (most: number) => unpacked(zip, entry, most, left);
        files.push({ names: path, given: Math.min(given, path.length), shown: show(path), read });
      }
    }
    return { names, files: files.sort(inOrder), strays, show, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function open(source: Source): Promise<ZipFile> {
  const options = { decodeStrings: false, autoClose: false };
  try {
    return await ('fd' in source ? fromFdPromise(source.fd, options) : fromBufferPromise(source.bytes, options));
  } catch (error) {
    if ('fd' in source) close(source.fd);
    throw damaged(error);
  }
}

/** That it is no archive, or a broken one. */
function damaged(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const why = printable(error instanceof Error ? error.message : String(error), 120);
  return new Refusal(`is not a whole zip archive (${why}).`, ASK);
}

/** Its list of contents, no two of which may share a byte. */
async function listed(zip: ZipFile, bounds: ArchiveBounds): Promise<Entry[]> {
  if (zip.entryCount === 0) throw new Refusal('is an empty archive.', ASK);
  if (zip.entryCount > bounds.entries)
    throw new Refusal(
      `holds ${zip.entryCount} files; ${bounds.entries} are the most.`,
      'Ask the student for the exercises alone, without node_modules and the like.',
    );
  const entries: Entry[] = [];
  let words = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      words += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (words > ARCHIVE_LIST) throw new Refusal(`has a list of contents of more than ${size(ARCHIVE_LIST)}.`, BOMB);
      if (entry.fileNameLength > LONGEST_PATH)
        throw new Refusal(`holds a file with a name of ${entry.fileNameLength} characters.`, ASK);
      entries.push(entry);
    }
  } catch (error) {
    throw damaged(error);
  }
  const spans = entries.map((entry) => {
    const start = entry.relativeOffsetOfLocalHeader;
    return { start, end: start + 30 + entry.fileNameLength + entry.compressedSize };
  });
  spans.sort((a, b) => a.start - b.start);
  if (spans.some(({ start }, i) => i > 0 && start < (spans[i - 1]?.end ?? 0)))
    throw new Refusal('holds files that overlap.', BOMB);
  return entries;
}

/** What Info-ZIP adds for a name that does not fit the old character set. */
const UNICODE_PATH = 0x7075;

/** An entry's name with `/`. Some programs write UTF-8 without saying so. */
function nameOf({ fileNameRaw: raw, generalPurposeBitFlag, extraFields }: Entry): string {
  const utf8 = raw.toString('utf8');
  const plain = Buffer.from(utf8).equals(raw) && !extraFields.some(({ id }) => id === UNICODE_PATH);
  const name = plain ? utf8 : getFileNameLowLevel(generalPurposeBitFlag, raw, extraFields, true);
  return name.replaceAll('\\', '/');
}

function escapes(name: string): boolean {
  return validateFileName(name) !== null || name.includes('\0') || name.split('/').every((part) => part === '');
}

const kindOf = (entry: Entry) => (entry.externalFileAttributes >>> 16) & 0o170000;
const isLink = (entry: Entry) => kindOf(entry) === 0o120000;
const isSpecial = (entry: Entry) => ![0, 0o100000, 0o040000].includes(kindOf(entry));

async function unpacked(zip: ZipFile, entry: Entry, most: number, left: { bytes: number }): Promise<Buffer> {
  if (entry.isEncrypted()) throw new Refusal('is encrypted.', 'Ask the student for one without a password.');
  if (!entry.canDecodeFileData())
    throw new Refusal(
      `is packed by a method that is not read (number ${entry.compressionMethod}).`,
      'Ask the student for a zip archive made in the usual way.',
    );
  if (entry.uncompressedSize > most) throw tooLarge(entry.uncompressedSize, most);
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    // What the archive says of its sizes is not believed: each piece is counted as it comes.
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      total += chunk.length;
      left.bytes -= chunk.length;
      if (total > most) throw tooLarge(total, most);
      if (left.bytes < 0) throw new Refusal('is in an archive that is too large when it is unpacked.', ASK);
      if (total > RATIO_FROM && total > LARGEST_RATIO * entry.compressedSize)
        throw new Refusal(`unpacks to more than ${LARGEST_RATIO} times its size.`, BOMB);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`is damaged in its archive (${wordsOf(error)}).`, ASK);
  }
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw new Refusal('is damaged in its archive (its check sum is wrong).', ASK);
  return bytes;
}

function wordsOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error), 120);
}

/** Why bytes that are called .zip are none, if it can be told. */
export function notAnArchive(bytes: Uint8Array): Refusal | null {
  return bytes.length === 0
    ? new Refusal('is empty.', ASK)
    : Buffer.from(bytes.subarray(0, 2)).toString('latin1') === 'PK'
      ? null
      : (recognised(bytes) ??
        new Refusal('is no zip archive.', 'If it is a submission file, rename it so that it ends in .json.'));
}
