/** What httpd answers: the file that a path means, or a status with a short text. */
import { isFailed } from '../../kernel/errno.ts';
import { type Fd, O } from '../../kernel/files/types.ts';
import { format, moment } from '../calendar.ts';
import { wait } from '../program.ts';
import { encode } from '../text.ts';
import type { Calling, CommandProcess } from '../types.ts';
import { pathOf, type Request } from './request.ts';

export const STATUSES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  418: "I'm a Teapot",
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
};

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml',
};
/** Of a name without an ending, and of one that is not known. */
const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';

export interface Answer {
  readonly status: number;
  /** More headers. */
  readonly fields: Readonly<Record<string, string>>;
  /** Bytes of its body: of a text, or of an open file. */
  readonly size: number;
  readonly text: Uint8Array;
  readonly file: Fd | null;
}

/** A status alone: its number and name are the body. */
export function plain(status: number, fields: Readonly<Record<string, string>> = {}): Answer {
  const bare = status === 204 || status === 304;
  const text = encode(bare ? '' : `${status} ${STATUSES[status] ?? ''}`.trimEnd().concat('\n'));
  return { status, fields: { 'Content-Type': TEXT, ...fields }, size: text.length, text, file: null };
}

/** What a request for a page below `root` gets. A file that it is answered with is the caller's to close. */
export function* page(calls: CommandProcess['calls'], root: string, request: Request): Calling<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, { Allow: 'GET, HEAD' });
  const path = pathOf(request.target);
  if (path === null) return plain(400);
  // Nobody needs to climb; so nobody gets out of the root.
  if (path.split('/').includes('..')) return plain(404);
  const name = root + path;
  const found = calls.stat(null, name, true);
  if (isFailed(found)) return plain(found.errno === 'EACCES' ? 403 : 404);
  if (found.kind !== 'folder') return yield* opened(calls, name);
  if (path.endsWith('/')) return yield* opened(calls, `${name}index.html`);
  // `//other` would be another host's page.
  const target = /^[^?#]*/.exec(request.target)?.[0] as string;
  return plain(301, { Location: `${target.replace(/^\/+/, '/')}/` });
}

function* opened(calls: CommandProcess['calls'], name: string): Calling<Answer> {
  // Without NONBLOCK a fifo would make everybody wait.
  const file = yield* wait(calls.open(null, name, O.RDONLY | O.NONBLOCK | O.CLOEXEC, 0));
  if (isFailed(file)) {
    return plain(file.errno === 'EACCES' ? 403 : ['EMFILE', 'ENFILE', 'ENOMEM'].includes(file.errno) ? 503 : 404);
  }
  const stat = calls.statOpen(file);
  if (isFailed(stat) || stat.kind !== 'file') {
    yield* wait(calls.close(file));
    return plain(403);
  }
  const ending = /\.([a-z\d]+)$/i.exec(name)?.[1]?.toLowerCase();
  const type = ending === undefined ? TEXT : (TYPES[ending] ?? BYTES);
  return { status: 200, fields: { 'Content-Type': type }, size: stat.size, text: new Uint8Array(0), file };
}

/** The bytes before an answer's body. `now`: seconds since 1970. */
export function headOf(answer: Answer, now: number, stays: boolean): Uint8Array {
  const { status, fields, size } = answer;
  const all = {
    Date: httpDate(now),
    Server: 'httpd',
    ...fields,
    ...(status === 204 || status === 304 ? {} : { 'Content-Length': size }),
    Connection: stays ? 'keep-alive' : 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return encode(`HTTP/1.1 ${status} ${STATUSES[status] ?? ''}\r\n${lines.join('')}\r\n`);
}

/** `Thu, 01 Jan 2026 00:00:00 GMT` */
const httpDate = (time: number) => format('%a, %d %b %Y %H:%M:%S GMT', moment(time));
