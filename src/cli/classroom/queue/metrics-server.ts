/** GET /metrics of a worker: its own figures, and the queue's as BullMQ counts them. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Queue } from 'bullmq';
import { Usage } from '../../usage.ts';
import { reasonOf } from './link.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
}

/** `PORT`, `HOST:PORT` or `[IPV6]:PORT`; on its own, a port is one of this machine only. Throws Usage. */
export function readMetricsPlace(typed: string): MetricsPlace {
  const match = /^(?:(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):)?(\d{1,5})$/.exec(typed);
  const port = Number(match?.[2]);
  if (!match || port > 65_535)
    throw new Usage('--metrics: give PORT, as in 9464, or HOST:PORT, as in 0.0.0.0:9464 for all of the network.');
  return { host: match[1]?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port };
}

export interface MetricsServer {
  readonly url: string;
  close(): void;
}

/** Seconds are short for who scrapes: a Redis that is away must not make the worker look dead. */
const PATIENCE = 2000;

export async function serveMetrics(
  { host, port }: MetricsPlace,
  metrics: Metrics,
  queue: Queue,
  redisAnswers: () => boolean,
): Promise<MetricsServer> {
  const server = http.createServer({ requestTimeout: 5000, headersTimeout: 5000 }, (request, response) => {
    const answer = (status: number, text: string) => {
      response.writeHead(status, {
        'content-type': `text/plain; ${status === 200 ? 'version=0.0.4; ' : ''}charset=utf-8`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(405, 'Only GET.\n');
    else if (request.url?.split('?')[0] !== '/metrics') answer(404, 'There is /metrics.\n');
    else
      void figures(metrics, queue, redisAnswers).then(
        (text) => answer(200, text),
        (error) => answer(500, `${reasonOf(error)}\n`),
      );
  });
  server.maxConnections = 20;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Usage(`--metrics: cannot listen on ${host}:${port} (${reasonOf(error)}). Give another port.`)),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shown}:${address.port}/metrics`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function figures(metrics: Metrics, queue: Queue, redisAnswers: () => boolean): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  const asked = redisAnswers() ? queue.exportPrometheusMetrics().catch(() => null) : null;
  const counted = await Promise.race([asked, late]);
  clearTimeout(timer);
  // The queue's counts are in the same text or left out: stale ones would be worse.
  return metrics.text(counted !== null) + (counted === null ? '' : `${counted.trimEnd()}\n`);
}
