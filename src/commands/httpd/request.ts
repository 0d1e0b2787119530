/** HTTP/1.1's requests, as bytes come in: one head at a time, bounded, and what is wrong with it. */
import { decode } from '../text.ts';

/** Bytes of a request line with all its headers. */
export const LONGEST_HEAD = 8192;
/** Bytes of a request's body, which nobody here reads. */
export const LONGEST_BODY = 65_536;

export interface Request {
  readonly method: string;
  /** As it was asked for: `/a%20b?c`. */
  readonly target: string;
  /** The connection may stay open after the answer. */
  readonly stays: boolean;
  /** Bytes that follow the head. */
  readonly body: number;
}

/** A request that is not answered as it was meant: with this status, and then the connection is closed. */
export interface Refused {
  readonly status: number;
}

export interface Head {
  /** Its first line, for the log. */
  readonly line: string;
  readonly request: Request | Refused;
  /** Bytes that it took. */
  readonly size: number;
}

/** The head that these bytes begin with; null: its end is still to come. */
export function parseHead(bytes: Uint8Array): Head | null {
  // A client may send empty lines before a request.
  let start = 0;
  while (bytes[start] === 13 || bytes[start] === 10) start++;
  const end = endOfHead(bytes, start);
  if (end === null || end > LONGEST_HEAD) {
    if (end === null && bytes.length <= LONGEST_HEAD) return null;
    const [line = ''] = latin(bytes.subarray(start, LONGEST_HEAD)).split(/\r?\n/, 1);
    return { line, request: { status: 431 }, size: bytes.length };
  }
  const [line = '', ...fields] = latin(bytes.subarray(start, end)).trimEnd().split(/\r?\n/);
  return { line, request: parseRequest(line, fields), size: end };
}

function endOfHead(bytes: Uint8Array, start: number): number | null {
  for (let at = bytes.indexOf(10, start); at >= 0; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1] === 13 ? at + 2 : at + 1;
    if (bytes[next] === 10) return next + 1;
  }
  return null;
}

function parseRequest(line: string, fields: readonly string[]): Request | Refused {
  const words = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/(\d)\.(\d)$/.exec(line);
  if (!words) return { status: 400 };
  const [, method, target, major, minor] = words as unknown as [string, string, string, string, string];
  if (major !== '1') return { status: 505 };
  const headers = new Map<string, string>();
  for (const field of fields) {
    const parts = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\0]*)$/.exec(field);
    if (!parts) return { status: 400 };
    const name = (parts[1] as string).toLowerCase();
    // Two of them could mean two things to two readers.
    if (headers.has(name) && (name === 'host' || name === 'content-length')) return { status: 400 };
    headers.set(name, (parts[2] as string).trimEnd());
  }
  if (minor !== '0' && !headers.has('host')) return { status: 400 };
  if (headers.has('transfer-encoding')) return { status: 501 };
  const length = headers.get('content-length') ?? '0';
  if (!/^\d+$/.test(length)) return { status: 400 };
  const body = Number(length);
  if (body > LONGEST_BODY) return { status: 413 };
  const wish = (headers.get('connection') ?? '').toLowerCase().split(/[ \t]*,[ \t]*/);
  const stays = minor === '0' ? wish.includes('keep-alive') : !wish.includes('close');
  return { method, target, stays, body };
}

/** The path that a target names, decoded: `/a b`; null: it names none. */
export function pathOf(target: string): string | null {
  const raw = /^(?:http:\/\/[^/?#]*)?([^?#]*)/i.exec(target)?.[1] || '/';
  if (!raw.startsWith('/') || /%(?![0-9a-f]{2})/i.test(raw)) return null;
  const bytes: number[] = [];
  for (const [part] of raw.matchAll(/%..|./gs)) {
    const code = part.length > 1 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0);
    if (code === 0 || code > 255) return null;
    bytes.push(code);
  }
  return decode(Uint8Array.from(bytes));
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
