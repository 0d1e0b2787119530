/** rediss://: the certificate is checked, and a school's own authority is trusted if Node is told of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Link } from './link.ts';
import { readRedisUrl } from './redis-url.ts';
import { Processes } from './testing/processes.ts';
import { freePort, MISSING, RealRedis } from './testing/real-redis.ts';

const OPENSSL = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!RealRedis.installed || !OPENSSL)('Redis over TLS', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hb-tls-'));
  const certificate = path.join(folder, 'redis.crt');
  const processes = new Processes();
  let redis: RealRedis;
  let url: string;

  beforeAll(async () => {
    const key = path.join(folder, 'redis.key');
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate],
      ...['-days', '2', '-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ]);
    expect(made.status, String(made.stderr)).toBe(0);
    const port = await freePort();
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    redis = await RealRedis.start('--tls-port', String(port), ...files);
    url = `rediss://:${redis.password}@127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await processes.endAll();
    await redis?.stop();
    rmSync(folder, { recursive: true });
  });

  test('a worker takes what is signed by whom it trusts', async () => {
    const env = { NODE_EXTRA_CA_CERTS: certificate };
    await processes.worker({ url, assignment: 'tls' }, env).line('ready');
  });

  test('nothing is sent to who cannot prove to be it', async () => {
    await expect(Link.open(readRedisUrl(url), () => {})).rejects.toThrow(
      /its certificate is not trusted.*NODE_EXTRA_CA_CERTS/,
    );
  });
});

if (!RealRedis.installed) test.skip(MISSING, () => {});
else if (!OPENSSL) test.skip('openssl is not installed: TLS is not tested', () => {});
