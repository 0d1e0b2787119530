/** The configuration: what `CONFIG GET`, `CONFIG SET`, the command line and redis.conf know. */
import { refuse } from './errors.ts';

type Check = (value: string) => string | null;

const oneOf =
  (...names: readonly string[]): Check =>
  (value) =>
    names.includes(value.toLowerCase()) ? null : `argument(s) must be one of the following: ${names.join(', ')}`;
const yesNo: Check = (value) => (/^(yes|no)$/i.test(value) ? null : "argument must be 'yes' or 'no'");
const numberUpTo =
  (least: number, most: number): Check =>
  (value) => {
    if (!/^-?\d{1,15}$/.test(value)) return "argument couldn't be parsed into an integer";
    const number = Number(value);
    return number >= least && number <= most ? null : `argument must be between ${least} and ${most} inclusive`;
  };
const bytes: Check = (value) => (parseBytes(value) === null ? 'argument must be a memory value' : null);
const any: Check = () => null;

interface Setting {
  readonly begin: string;
  readonly check: Check;
  /** Only before the server has begun. */
  readonly fixed?: true;
}

/** Bytes of data at most, whatever maxmemory says: the machine has no more. */
const MOST_MEMORY = 64 * 1024 * 1024;

const KNOWN: Readonly<Record<string, Setting>> = {
  appendfilename: { begin: 'appendonly.aof', check: any, fixed: true },
  appendfsync: { begin: 'everysec', check: oneOf('everysec', 'always', 'no') },
  appendonly: { begin: 'no', check: yesNo },
  'aof-load-truncated': { begin: 'yes', check: yesNo },
  bind: { begin: '* -::*', check: any, fixed: true },
  daemonize: { begin: 'no', check: yesNo, fixed: true },
  databases: { begin: '16', check: numberUpTo(16, 16), fixed: true },
  dir: { begin: '.', check: any },
  logfile: { begin: '', check: any, fixed: true },
  loglevel: { begin: 'notice', check: oneOf('debug', 'verbose', 'notice', 'warning') },
  maxclients: { begin: '1000', check: numberUpTo(1, 1000) },
  maxmemory: { begin: '0', check: bytes },
  'maxmemory-policy': { begin: 'noeviction', check: oneOf('noeviction') },
  'notify-keyspace-events': { begin: '', check: oneOf('') },
  port: { begin: '6379', check: numberUpTo(0, 65535), fixed: true },
  'proto-max-bulk-len': { begin: '536870912', check: bytes },
  'protected-mode': { begin: 'yes', check: yesNo },
  requirepass: { begin: '', check: any },
  save: { begin: '', check: any },
  'stream-node-max-entries': { begin: '100', check: numberUpTo(0, 1e15) },
  'tcp-backlog': { begin: '511', check: numberUpTo(0, 65535), fixed: true },
  'tcp-keepalive': { begin: '300', check: numberUpTo(0, 1e9) },
  timeout: { begin: '0', check: numberUpTo(0, 1e9) },
};

export class Settings {
  private readonly values = new Map(Object.entries(KNOWN).map(([name, { begin }]) => [name, begin]));

  get(name: string): string {
    return this.values.get(name) ?? '';
  }

  number(name: string): number {
    return parseBytes(this.get(name)) ?? 0;
  }

  get password(): string {
    return this.get('requirepass');
  }

  /** Bytes that the data may have. */
  memory(): number {
    return Math.min(this.number('maxmemory') || MOST_MEMORY, MOST_MEMORY);
  }

  names(): Iterable<string> {
    return this.values.keys();
  }

  /** From the command line or a file: why not, or null. */
  begin(name: string, value: string): string | null {
    const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
    if (!known) return 'Bad directive or wrong number of arguments';
    return this.store(name, known, value);
  }

  /** CONFIG SET: all of them, or none. */
  change(pairs: readonly (readonly [string, string])[]): void {
    for (const [name, value] of pairs) {
      const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
      if (!known) throw refuse(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`);
      const wrong = known.fixed ? "can't set immutable config" : known.check(value);
      if (wrong) throw refuse(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${wrong}`);
    }
    for (const [name, value] of pairs) this.store(name, KNOWN[name] as Setting, value);
  }

  private store(name: string, { check }: Setting, value: string): string | null {
    const wrong = check(value);
    if (wrong) return wrong;
    const lower = check === yesNo || name === 'appendfsync' || name === 'loglevel';
    this.values.set(name, check === bytes ? String(parseBytes(value)) : lower ? value.toLowerCase() : value);
    return null;
  }
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1024,
  m: 1e6,
  mb: 1024 ** 2,
  g: 1e9,
  gb: 1024 ** 3,
};

function parseBytes(value: string): number | null {
  const match = /^(\d{1,12})([a-z]{0,2})$/i.exec(value);
  const unit = match && UNITS[(match[2] as string).toLowerCase()];
  return unit ? Number(match[1]) * unit : null;
}
