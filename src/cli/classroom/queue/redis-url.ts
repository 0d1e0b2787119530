/** `--queue redis://…`: where the queue is, checked, and shown to people without its password. */
import type { RedisOptions } from 'ioredis';
import { Usage } from '../../usage.ts';

/** Stands in for a password in the URL, which others on the machine see in the list of processes. */
export const PASSWORD_VARIABLE = 'HB_QUEUE_PASSWORD';

export interface RedisAddress {
  readonly options: Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'>;
  /** The URL as it may be printed. */
  readonly shown: string;
  /** What the teacher should know before students' work goes there: sentences. */
  readonly warnings: readonly string[];
}

const EXAMPLE = 'redis://HOST:6379, or rediss://:PASSWORD@HOST:6379 with TLS';

/** Throws Usage. No message repeats what was typed, for it may hold a password. */
export function readRedisUrl(
  typed: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): RedisAddress {
  let url: URL;
  try {
    url = new URL(typed);
  } catch {
    throw new Usage(
      `--queue: that is not a URL. Give ${EXAMPLE}; in a password, write @ : / # ? % as %40 %3A %2F %23 %3F %25.`,
    );
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:')
    throw new Usage(
      `--queue: the URL begins with ${url.protocol}// where redis:// or rediss:// belongs. Give ${EXAMPLE}.`,
    );
  if (url.hostname === '') throw new Usage(`--queue: the URL names no host. Give ${EXAMPLE}.`);
  if (url.search !== '' || url.hash !== '')
    throw new Usage(
      '--queue: the URL has something after ? or #, which is not used here. In a password, write %3F and %23.',
    );
  const database = /^\/?(\d{0,4})$/.exec(url.pathname);
  if (!database) throw new Usage('--queue: after the host may stand /NUMBER, the database, and nothing else.');

  const decoded = (part: string, name: string) => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw new Usage(
        `--queue: the ${name} has a % that is not the beginning of %25, %40 or the like. Write it as %25.`,
      );
    }
  };
  const username = decoded(url.username, 'user name');
  const password = url.password === '' ? (environment[PASSWORD_VARIABLE] ?? '') : decoded(url.password, 'password');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const tls = url.protocol === 'rediss:';
  const port = url.port === '' ? 6379 : Number(url.port);
  const db = Number(database[1] ?? 0);

  const shown = `${url.protocol}//${password === '' ? '' : `${username === '' ? '' : url.username}:***@`}${url.host}${db === 0 ? '' : `/${db}`}`;
  const warnings: string[] = [];
  if (!isLoopback(host)) {
    if (password === '')
      warnings.push(
        `${shown} asks for no password: whoever reaches it reads the students' work and can forge verdicts. Set requirepass there, and give the password in the URL or in ${PASSWORD_VARIABLE}.`,
      );
    if (!tls)
      warnings.push(
        `${shown} is not encrypted: whoever sees the network's traffic reads the students' work${password === '' ? '' : ' and the password'}. Use rediss:// (TLS) unless the network is your own.`,
      );
  }
  return {
    options: {
      host,
      port,
      db,
      ...(username === '' ? {} : { username }),
      ...(password === '' ? {} : { password }),
      // The certificate is checked, against the host's name too; Node's own NODE_EXTRA_CA_CERTS adds a school's authority.
      ...(tls ? { tls: {} } : {}),
    },
    shown,
    warnings,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
