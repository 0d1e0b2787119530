/** Serves one bundled script of this folder on a page of its own, with the engine, and takes what that page posts. */
import path from 'node:path';
import { type StaticServer, serve } from './static-server.ts';

export interface PageServer extends StaticServer {
  /** What a page posts next. */
  posted(): Promise<string>;
}

/** `more`: further answers, content type and text, by path. */
export async function serveWithPage(
  engine: string,
  script: string,
  more: Readonly<Record<string, [string, string]>> = {},
): Promise<PageServer> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, script)],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  });
  const answers: Record<string, [string, string]> = {
    '/': ['text/html', '<!doctype html><body><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript', outputFiles[0]?.text ?? ''],
    ...more,
  };
  let receive: (body: string) => void = () => {};
  const posted = () =>
    new Promise<string>((resolve) => {
      receive = resolve;
    });
  const server = await serve({ '/engine/': engine }, (request, response) => {
    if (request.method === 'POST') {
      const parts: Buffer[] = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        response.end();
        receive(Buffer.concat(parts).toString());
      });
      return true;
    }
    const answer = answers[request.url ?? ''];
    if (!answer) return false;
    response.writeHead(200, { 'content-type': answer[0] }).end(answer[1]);
    return true;
  });
  return { ...server, posted };
}
