/** Serves folders over http on this machine, with the caching that a static host would have. */
import { createReadStream, type Stats, statSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface StaticServer {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly base: string;
  close(): Promise<void>;
}

/** Answers a request itself (true), or leaves it to the files (false). */
export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => boolean;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** URLs that name their contents: a hash or a version is part of them, so that they may be kept for ever. */
const VERSIONED = /^\/assets\/|[?&]v=|\/v\d[\d.]*\//;

/** `mounts`: URL prefix (with slashes at both ends) to folder; the longest prefix that fits is taken. */
export async function serve(
  mounts: Readonly<Record<string, string>>,
  handler: Handler = () => false,
): Promise<StaticServer> {
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);
  const server = http.createServer((request, response) => {
    if (handler(request, response)) return;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const prefix = prefixes.find((p) => url.pathname.startsWith(p));
    const folder = prefix === undefined ? undefined : mounts[prefix];
    const found = folder && find(folder, decodeURIComponent(url.pathname.slice((prefix as string).length)));
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const { file, stats } = found;
    const tag = `"${stats.size.toString(36)}-${Math.round(stats.mtimeMs).toString(36)}"`;
    const headers = {
      etag: tag,
      'cache-control': VERSIONED.test(request.url ?? '') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-length': stats.size });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The file itself, a folder's index.html, or the page without its `.html`. */
function find(folder: string, below: string): { file: string; stats: Stats } | null {
  const full = path.join(folder, below);
  if (full !== folder && !full.startsWith(folder + path.sep) && `${full}${path.sep}` !== folder) return null;
  for (const file of [full, path.join(full, 'index.html'), `${full}.html`]) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isFile()) return { file, stats };
  }
  return null;
}
