/** What `--queue` takes, what it warns of, and that it never shows a password. */
import { expect, test } from 'vitest';
import { Usage } from '../../usage.ts';
import { readRedisUrl } from './redis-url.ts';

const read = (url: string, environment = {}) => readRedisUrl(url, environment);

test('all parts of the URL count', () => {
  expect(read('redis://localhost').options).toEqual({ host: 'localhost', port: 6379, db: 0 });
  expect(read('rediss://ann:p%40ss%2Fword@redis.school.example:7000/3').options).toEqual({
    host: 'redis.school.example',
    port: 7000,
    db: 3,
    username: 'ann',
    password: 'p@ss/word',
    tls: {},
  });
  expect(read('redis://[::1]:7000').options).toMatchObject({ host: '::1', port: 7000 });
});

test('the password may come from the environment, and the URL’s own counts more', () => {
  const environment = { HB_QUEUE_PASSWORD: 'from outside' };
  expect(read('redis://localhost', environment).options.password).toBe('from outside');
  expect(read('redis://:own@localhost', environment).options.password).toBe('own');
});

test('a password is never shown', () => {
  expect(read('rediss://ann:secret@h:7000/3').shown).toBe('rediss://ann:***@h:7000/3');
  expect(read('redis://:secret@h').shown).toBe('redis://:***@h');
  expect(read('redis://h', { HB_QUEUE_PASSWORD: 'secret' }).shown).toBe('redis://:***@h');
  for (const url of [
    ':secret@h',
    'redis://:sec#ret@h',
    'redis://:secret@',
    'redis://:secret@h/x',
    'http://:secret@h',
    'redis://:secret%@h',
    'redis://:secret@h?x=1',
  ]) {
    let message = '';
    try {
      read(url);
    } catch (error) {
      if (!(error instanceof Usage)) throw error;
      message = error.message;
    }
    expect(message, url).toMatch(/^--queue: /);
    expect(message, url).not.toMatch(/secret|sec#|ret@/);
  }
});

test('warnings: no password, no TLS, and not on this machine', () => {
  const count = (url: string) => read(url).warnings.length;
  for (const here of ['redis://localhost', 'redis://127.0.0.1', 'redis://127.9.9.9', 'redis://[::1]'])
    expect(count(here), here).toBe(0);
  expect(read('redis://10.0.0.7').warnings).toEqual([
    expect.stringMatching(/no password/),
    expect.stringMatching(/not encrypted/),
  ]);
  expect(count('redis://:p@redis.example')).toBe(1);
  expect(count('rediss://redis.example')).toBe(1);
  expect(count('rediss://:p@redis.example')).toBe(0);
  // Not the loopback address, however it looks.
  expect(count('redis://127.0.0.1.example.org')).toBe(2);
});
