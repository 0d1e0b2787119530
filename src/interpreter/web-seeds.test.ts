/**
 * The page fetchers of the course's source documents, as they were written (and one more, with asyncio), over a web of
 * three virtual sites. One takes its time, one answers at once. The third, as their comments have it, hangs until its
 * time-out: nothing gets through to it, and Linux gives up after 127 seconds. Or it takes the request and never answers:
 * then nobody gives up, and only a time-out of the program's own helps.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { World } from '../kernel/hosts/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { ScheduleRequest } from '../worker/protocol.ts';

const SCHEDULES: readonly ScheduleRequest[] = [{ kind: 'round-robin' }, { kind: 'random', seed: 1 }];
/** Seconds, one way. */
const LATENCY = 0.05;
/** Seconds before Baidu answers, and until Linux has asked for a connection in vain. */
const SLOW = 2;
const TCP_PATIENCE = 127;
const PATIENCE = 5;

const seed = (name: string) => readFileSync(new URL(`./fixtures/seeds/${name}`, import.meta.url), 'utf8');
const FETCHERS = {
  threads: seed('web/fetch-threads.py'),
  pool: seed('processes/fetch-pool.py'),
  executor: seed('processes/fetch-executor.py'),
  gevent: seed('greenlets/fetch-gevent.py'),
  asyncio: seed('web/fetch-asyncio.py'),
};
const BAIDU = '百度一下，你就知道';
const CHOUTI = '抽屉新热榜';

function web(hangs: boolean): World {
  const site = (name: string, at: number, page: string, ...aliases: string[]) => ({
    ...{ name, address: `10.0.0.${at}`, aliases, files: { 'index.html': page } },
  });
  const server = (name: string, ...options: string[]) => ({
    ...{ name, host: name, command: ['httpd', '--port', '80', '--port', '443', ...options] },
    ...{ start: 0, service: true, reboots: false },
  });
  const link = { from: '*', to: '*', latency: LATENCY, jitter: 0, loss: 0, duplicate: 0, reorder: 0, bandwidth: null };
  return {
    hosts: [
      { name: 'learner', address: '10.0.0.1', files: null },
      site('baidu', 2, BAIDU, 'www.baidu.com'),
      site('google', 3, 'Google', 'www.google.com'),
      site('chouti', 4, CHOUTI, 'dig.chouti.com', 'github.com'),
    ],
    terminals: [
      server('baidu', '--delay', `${SLOW}`),
      server('google', ...(hangs ? ['--hang'] : [])),
      server('chouti'),
    ],
    links: hangs ? [link] : [link, { ...link, to: 'google', loss: 1 }],
  };
}

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function run(source: string, schedule: ScheduleRequest, hangs: boolean) {
  const entry = { kind: 'script', file: 'main.py' } as const;
  const program = { files: { 'main.py': source }, entry, world: web(hangs) };
  const record = await engine.run(program, schedule, { limits: RUN_LIMITS }, {}, false).done;
  if (!record) throw new Error('stopped');
  const { stdout, stderr, outcome, clock, terminals = [] } = record;
  return { stdout, stderr, outcome, clock, shown: Object.fromEntries(terminals.map((one) => [one.name, one.output])) };
}

/** What the document's program prints: who answers first comes first, however they were asked. */
const PAGES: Readonly<Record<keyof typeof FETCHERS, string>> = {
  threads: `${CHOUTI}\n${BAIDU}\n`,
  pool: `end\n${CHOUTI}\n-->exec done: 测试进程池执行后回调功能\n${BAIDU}\n-->exec done: 测试进程池执行后回调功能\n`,
  executor: `${CHOUTI}\n${BAIDU}\n`,
  gevent: `https://github.com/ ${bytes(CHOUTI)}\nhttps://www.baidu.com/ ${bytes(BAIDU)}\n`,
  asyncio: `${CHOUTI}\n${BAIDU}\n`,
};

function bytes(text: string): string {
  return `b'${[...new TextEncoder().encode(text)].map((byte) => `\\x${byte.toString(16)}`).join('')}'`;
}

/** The seconds at which a site answered, from its log. */
const answered = (log = '') =>
  [...log.matchAll(/2026:00:0(\d):(\d\d) .* 200 /g)].map(([, m, s]) => 60 * Number(m) + Number(s));

describe.each(SCHEDULES)('%j', (schedule) => {
  describe.each(Object.keys(FETCHERS) as (keyof typeof FETCHERS)[])('%s', (name) => {
    const source = FETCHERS[name];
    const refused = `https://www.google.com/ [Errno 110] Connect call failed ('10.0.0.3', 443)\n`;

    test('the site that hangs is waited for until its time-out, and nobody waits for it but who asked', async () => {
      const { stdout, stderr, outcome, clock, shown } = await run(source, schedule, false);
      expect(stdout).toBe(PAGES[name] + (name === 'asyncio' ? refused : ''));
      expect(outcome).toEqual({ kind: 'exit', code: 0 });
      expect(clock).toBeGreaterThanOrEqual(TCP_PATIENCE);
      expect(clock).toBeLessThan(TCP_PATIENCE + 1);
      const { google, chouti, baidu } = shown;
      expect({ google, chouti: answered(chouti), baidu: answered(baidu) }).toEqual({
        google: 'httpd: listening on port 80, 443\n',
        chouti: [0],
        baidu: [SLOW],
      });
      // gevent alone tells of an exception that nobody asks for.
      if (name === 'gevent') expect(stderr).toMatch(/ConnectionError: HTTPSConnectionPool.*Connection timed out/);
      else expect(stderr).toBe('');
    });

    test('a site that never answers: the program never ends', async () => {
      const { stdout, outcome, shown } = await run(source, schedule, true);
      const { google } = shown;
      expect(stdout).toBe(PAGES[name]);
      expect(outcome.kind).toBe('deadlock');
      expect(google).toMatch(/"GET \/ HTTP\/1\.1" - -\n$/);
    });

    test('with a time-out it ends', async () => {
      const patient = source
        .replace('requests.get(url)', `requests.get(url, timeout=${PATIENCE})`)
        .replaceAll('req_kwargs={}', `req_kwargs={'timeout': ${PATIENCE}}`)
        .replace('await reader.read()', `await asyncio.wait_for(reader.read(), ${PATIENCE})`);
      expect(patient).not.toBe(source);
      const { stdout, outcome, clock } = await run(patient, schedule, true);
      expect(stdout.startsWith(PAGES[name])).toBe(true);
      expect(outcome).toEqual({ kind: 'exit', code: 0 });
      expect(clock).toBeGreaterThanOrEqual(PATIENCE);
      expect(clock).toBeLessThan(PATIENCE + 1);
    });
  });
});
