/**
 * Redis' strings are bytes. Here each is a JavaScript string with one character a byte (U+0000 to U+00FF), so that it can
 * be a key of a Map, is compared as memcmp compares, and has as many characters as it has bytes.
 */
import { decode, encode } from '../text.ts';

/** A call's arguments have a bound. */
const PIECE = 8192;

export function fromBytes(bytes: Uint8Array): string {
  if (bytes.length <= PIECE) return String.fromCharCode(...bytes);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return pieces.join('');
}

export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** What the system's calls take and give, which is text in UTF-8, as bytes, and back. */
export function fromText(text: string): string {
  return fromBytes(encode(text));
}

export function toText(bytes: string): string {
  return decode(toBytes(bytes));
}

/** Redis' own way to show a string in quotes (sdscatrepr). */
export function quoted(text: string): string {
  let out = '"';
  for (const character of text) out += SHOWN[character] ?? (/[ -~]/.test(character) ? character : hex(character));
  return `${out}"`;
}

const SHOWN: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
};

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
