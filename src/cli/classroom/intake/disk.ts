/** Files and folders on disk. Links are not followed, and only plain files are opened. */
import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { DEEPEST_FOLDER, MOST_FILES } from './bounds.ts';
import { type Found, type Holder, inOrder, isRubbish, rubbish, type Stray } from './found.ts';
import { printable } from './printable.ts';
import { Refusal, size } from './refusal.ts';

/** A plain file, opened for reading whatever it is called. Whoever calls closes it. Throws Refusal. */
export async function openPlain(file: string, most: number) {
  // Without waiting for somebody to write to it, should it be a pipe.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`cannot be opened (${error.code ?? 'for an unknown reason'}).`, OPEN_ADVICE);
  });
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new Refusal('is no plain file.', PLAIN_ADVICE);
    if (about.size > most) throw tooLarge(about.size, most);
    return { handle, size: about.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const OPEN_ADVICE = 'Make it readable, or give it a plain name, and grade again.';
const PLAIN_ADVICE = 'Replace it with a copy of what it stands for, or remove it.';

export function tooLarge(is: number, most: number): Refusal {
  return new Refusal(
    `is too large (${size(is)}; ${size(most)} is the most).`,
    'An answer is a few kB of text: ask the student for that alone.',
  );
}

export async function readPlain(file: string, most: number): Promise<Buffer> {
  const opened = await openPlain(file, most);
  try {
    // It may have grown since: what is read is what was measured.
    const bytes = Buffer.alloc(opened.size);
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await opened.handle.read(bytes, read, bytes.length - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await opened.handle.close();
  }
}

/** All that lies below a folder, or the one file that `full` is. `before` goes before each path that is shown. */
export async function lookThrough(full: string, before: string): Promise<Holder> {
  const top = path.basename(path.resolve(full));
  const show = (names: readonly string[]) =>
    names.length === 0
      ? before.slice(0, -1) || printable(top)
      : before + names.map((name) => printable(name, 120)).join('/');
  const files: Found[] = [];
  const strays: Stray[] = [];
  let all = 0;

  const refuse = (names: readonly string[], reason: string, advice: string) =>
    strays.push({ names, shown: show(names), kind: 'other', reason, advice });

  async function walk(folder: string, names: readonly string[]): Promise<void> {
    if (names.length > DEEPEST_FOLDER)
      return void refuse(names, 'lies too deep in folders; nothing below it was read.', 'Move it further up.');
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      refuse(names, `cannot be opened (${error.code ?? 'for an unknown reason'}).`, OPEN_ADVICE);
      return null;
    });
    if (entries?.every(({ name }) => isRubbish(name)))
      refuse(names, 'is an empty folder.', 'Ask the student to hand in again, or remove the folder.');
    for (const entry of (entries ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      all += 1;
      if (all === MOST_FILES)
        refuse([], `holds more than ${MOST_FILES} files; the rest was not read.`, 'Give its folders one by one.');
      if (all >= MOST_FILES) return;
      const below = [...names, entry.name];
      if (isRubbish(entry.name)) strays.push(rubbish(below, show(below)));
      else await take(path.join(folder, entry.name), below, entry);
    }
  }

  async function take(at: string, names: readonly string[], entry: Pick<Dirent, keyof Kind>): Promise<void> {
    if (entry.isDirectory()) return walk(at, names);
    const reason = entry.isSymbolicLink()
      ? 'is a link, and links are not followed.'
      : entry.isFile()
        ? null
        : 'is no plain file but a pipe, a socket or a device.';
    if (reason !== null) return void refuse(names, reason, PLAIN_ADVICE);
    const read = (most: number) => readPlain(at, most);
    files.push({ names, given: names.length, shown: show(names), full: at, read });
  }

  // What the teacher typed may well be a link.
  const real = await realpath(full);
  const about = await lstat(real);
  await take(real, about.isDirectory() ? [] : [top], about);
  return { names: [], files: files.sort(inOrder), strays, show };
}

type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;
