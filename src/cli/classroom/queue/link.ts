/** One connection to Redis that waits while Redis is away, says so once, and says once that it is back. */
import { Redis } from 'ioredis';
import { Usage } from '../../usage.ts';
import { printable } from '../intake/printable.ts';
import { PASSWORD_VARIABLE, type RedisAddress } from './redis-url.ts';

export type Say = (line: string) => void;

/** What every connection of ours is opened with, BullMQ's too: a command waits until it is answered, however long. */
export function connectionOptions({ options }: RedisAddress) {
  return {
    ...options,
    maxRetriesPerRequest: null,
    connectTimeout: 10_000,
    keepAlive: 10_000,
    // A network that swallows everything is like a Redis that is away; no command of ours blocks for longer than 10 s.
    socketTimeout: 30_000,
    // Tells Redis who made the client, which servers before 7.2 and careful ones refuse.
    disableClientInfo: true,
    retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2000),
  };
}

/** Errors that waiting does not mend, by what Redis or Node call them, and what to do about them. */
const PERMANENT: readonly (readonly [RegExp, string])[] = [
  [/^NOAUTH/, `it asks for a password. Give it in the URL (redis://:PASSWORD@HOST) or in ${PASSWORD_VARIABLE}.`],
  [/^WRONGPASS|invalid password/, 'it does not accept the user name and the password.'],
  [/^NOPERM/, 'its user may not do what is needed. Allow it all commands on keys that begin with hb-classroom.'],
  [/ENOTFOUND/, 'there is no host of that name.'],
  [
    /SELF_SIGNED|UNABLE_TO|CERT_|ALTNAME/,
    'its certificate is not trusted. Put the authority that signed it into a file, and its path into NODE_EXTRA_CA_CERTS.',
  ],
  [/ERR_SSL|SSL routines/, 'it does not speak TLS on that port. Use redis://, or the port that does.'],
];

/** How a connection ends, which another connection of ours may notice before this one. */
const CONNECTION = /ECONN|EPIPE|ETIMEDOUT|Socket timeout|Connection is closed/;

export class Link {
  readonly client: Redis;
  readonly address: RedisAddress;
  private readonly say: Say;
  private readonly back = new Set<() => void>();
  /** Why it is away, in the words that people were told; null: it is not. */
  private told: string | null = null;
  private opened = false;
  private closed = false;

  /**
   * Rejects with Usage if Redis refuses us. If it does not answer: resolves all the same, and whatever is asked of it waits; with
   * `patient` false, rejects with Usage.
   */
  static async open(address: RedisAddress, say: Say, patient = true): Promise<Link> {
    for (const warning of address.warnings) say(`warning: ${warning}`);
    const link = new Link(address, say);
    try {
      await link.firstWord(patient);
    } catch (error) {
      link.close();
      throw error;
    }
    return link;
  }

  private constructor(address: RedisAddress, say: Say) {
    this.address = address;
    this.say = say;
    this.client = new Redis({ ...connectionOptions(address), lazyConnect: true });
    // Redis may be back, or may refuse us from now on: whatever it is, it is said, and tried again.
    this.client.on('error', (error: Error) => this.lost(reasonOf(error), refusalOf(error)));
    this.client.on('close', () => this.lost('the connection was closed', null));
    this.client.on('ready', () => this.found());
  }

  private firstWord(patient: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const { shown } = this.address;
      this.client.once('ready', () => {
        this.opened = true;
        resolve();
      });
      this.client.once('error', (error: Error) => {
        const refusal = refusalOf(error);
        if (refusal !== null) reject(new Usage(`--queue: Redis at ${shown} cannot be used: ${refusal}`));
        else if (patient) {
          this.opened = true;
          this.lost(reasonOf(error), null);
          resolve();
        } else
          reject(new Usage(`--queue: Redis at ${shown} does not answer (${reasonOf(error)}). Is it running there?`));
      });
      // Its own rejection is the first failed attempt: the others are still to come.
      this.client.connect().catch(() => {});
    });
  }

  /** Redis was away and is back: what happened meanwhile has to be asked for. */
  onBack(listener: () => void): void {
    this.back.add(listener);
  }

  get answers(): boolean {
    return this.client.status === 'ready';
  }

  /** Says what went wrong with the queue, unless it is that Redis is away, which has been said. */
  trouble(error: unknown): void {
    const reason = reasonOf(error);
    if (this.answers && !this.closed && !CONNECTION.test(reason)) this.say(`the queue: ${reason}`);
  }

  close(): void {
    this.closed = true;
    this.client.disconnect();
  }

  private lost(reason: string, refusal: string | null): void {
    const what = refusal ?? 'it does not answer';
    // Of many reasons why it does not answer the first one is enough.
    if (!this.opened || this.closed || this.told === what || (refusal === null && this.told !== null)) return;
    this.told = what;
    const { shown } = this.address;
    this.say(
      refusal === null
        ? `Redis at ${shown} does not answer (${reason}); waiting until it does. Nothing is lost.`
        : `Redis at ${shown} cannot be used: ${refusal} Trying again until it can.`,
    );
  }

  private found(): void {
    if (this.told === null) return;
    this.told = null;
    this.say(`Redis at ${this.address.shown} answers again; going on.`);
    for (const listener of this.back) listener();
  }
}

function refusalOf(error: unknown): string | null {
  return PERMANENT.find(([pattern]) => pattern.test(reasonOf(error)))?.[1] ?? null;
}

export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? error);
  return printable(typeof code === 'string' && !text.includes(code) ? `${code}: ${text}` : text, 200);
}
