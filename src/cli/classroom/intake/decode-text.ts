/** Bytes → text: UTF-8 or nothing, and what they are instead. */
import { Refusal } from './refusal.ts';

const SEND_AGAIN = 'Ask the student for the file that the site made, or for the .py file.';
const UNPACK = 'Unpack it into a folder and give that, or ask for a .zip.';

/** How files begin that are something else than their names say. */
const BEGINNINGS: readonly (readonly [string, string, string])[] = [
  ['PK\x03\x04', 'is a zip archive', 'Rename it so that it ends in .zip.'],
  ['PK\x05\x06', 'is an empty zip archive', SEND_AGAIN],
  ['Rar!', 'is a RAR archive, which is not read', UNPACK],
  ['7z\xbc\xaf\x27\x1c', 'is a 7-Zip archive, which is not read', UNPACK],
  ['\x1f\x8b', 'is packed with gzip, which is not read', UNPACK],
  ['BZh', 'is packed with bzip2, which is not read', UNPACK],
  ['\xfd7zXZ', 'is packed with xz, which is not read', UNPACK],
  ['%PDF', 'is a PDF', SEND_AGAIN],
  ['{\\rtf', 'is a rich text document', SEND_AGAIN],
  ['\xd0\xcf\x11\xe0', 'is a document of an office program', SEND_AGAIN],
  ['\x89PNG', 'is a picture', SEND_AGAIN],
  ['\xff\xd8\xff', 'is a picture', SEND_AGAIN],
  ['\x7fELF', 'is a program for Linux', SEND_AGAIN],
  ['MZ', 'is a program for Windows', SEND_AGAIN],
  ['SQLite format 3', 'is a database', SEND_AGAIN],
];

/** What bytes are by how they begin, if that is nothing that can be read as text. */
export function recognised(bytes: Uint8Array): Refusal | null {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = BEGINNINGS.find(([beginning]) => start.startsWith(beginning));
  return found ? new Refusal(`${found[1]}.`, found[2]) : null;
}

/** Without a byte order mark, and with line ends as everywhere else. Throws Refusal. */
export function decodeText(bytes: Uint8Array): string {
  const isText = 'Save it as UTF-8 (in most editors: Save with Encoding), or ask the student to.';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new Refusal('is text in UTF-16, not in UTF-8.', isText);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw recognised(bytes) ?? new Refusal('is not text in UTF-8.', isText);
  }
  if (text.includes('\0')) {
    const wide = bytes[0] === 0 || bytes[1] === 0;
    throw (
      recognised(bytes) ??
      (wide
        ? new Refusal('is text in UTF-16, not in UTF-8.', isText)
        : new Refusal('holds NUL characters, which no program text does.', SEND_AGAIN))
    );
  }
  return text.replace(/\r\n?/g, '\n');
}
