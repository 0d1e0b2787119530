/** Text in a link: deflated, in base64url, and bounded before it is unpacked, since a link may come from anybody. */

/** A link that is not one, or text that does not fit into one. The message is for the reader. */
export class BadLink extends Error {}

/** Characters that a link may have. */
const LONGEST_LINK = 200_000;

/** Rejects with BadLink if it takes more than `most` bytes even when packed. */
export async function pack(text: string, most: number): Promise<string> {
  return base64url(await collect(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')), most));
}

/** `link`: a whole URL, its fragment, or what follows `key`. `what`: "a replay link". Rejects with BadLink. */
export async function unpack(link: string, key: string, what: string, most: number): Promise<string> {
  const text = link.trim();
  if (text.length > LONGEST_LINK) throw new BadLink('this link is too long to be one');
  const from = text.indexOf(key);
  const packed = fromBase64url(from < 0 ? text.slice(text.indexOf('#') + 1) : text.slice(from + key.length));
  if (packed === null || packed.length === 0) throw new BadLink(`this is not ${what}, or a part of it is missing`);
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new TextDecoder('utf-8', { fatal: true }).decode(await collect(stream, most));
  } catch (error) {
    throw error instanceof BadLink
      ? error
      : new BadLink('this link is damaged: a part of it is missing or was changed');
  }
}

/** Reads no further than the bound: a small link may unpack to anything. */
async function collect(stream: ReadableStream<Uint8Array>, bound: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > bound) {
      reader.cancel().catch(() => {});
      throw new BadLink(`this link holds more than ${kilobytes(bound)}`);
    }
    parts.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

export function kilobytes(size: number): string {
  return `${Math.round(size / 1000)} kB`;
}
