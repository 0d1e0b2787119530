/** One connection, as the broker knows it. */
import type { Database } from './database.ts';
import type { Protocol, Reply } from './replies.ts';
import { RequestParser } from './requests.ts';

/** What a command answers that must wait for keys. */
export interface Waiting {
  readonly wait: {
    readonly keys: readonly string[];
    /** Milliseconds since 1970; null: it waits for ever. */
    readonly until: number | null;
    /** One of the keys may have what it waits for: the reply; null: it has not. */
    serve(key: string): Reply | null;
    /** The reply when the time is over. */
    readonly over: Reply;
    /** The reply when a key that it waits for is deleted; absent: it waits on. */
    readonly deleted?: Reply;
  };
}

export interface Blocked {
  readonly db: Database;
  readonly wait: Waiting['wait'];
}

/** Bytes of replies that a client may leave unread, as `client-output-buffer-limit` has it; Redis lets normal ones have any. */
const MOST_UNREAD = 32 * 1024 * 1024;

export class Client {
  readonly id: number;
  readonly address: string;
  readonly localAddress: string;
  readonly requests = new RequestParser();
  /** Milliseconds since 1970. */
  readonly since: number;
  lastActive: number;
  lastCommand = 'NULL';
  name = '';
  library = '';
  libraryVersion = '';
  protocol: Protocol = 2;
  db: Database;
  authenticated = false;
  /** Commands between MULTI and EXEC; null: it is not in a transaction. */
  queued: (readonly string[])[] | null = null;
  /** One of them was refused. */
  aborted = false;
  /** Keys that it watches: database and key. */
  readonly watched = new Map<string, { readonly db: Database; readonly key: string }>();
  /** One of them has changed. */
  outdated = false;
  readonly channels = new Set<string>();
  readonly patterns = new Set<string>();
  blocked: Blocked | null = null;
  monitors = false;
  noEvict = false;
  /** What happens to the replies: CLIENT REPLY. */
  replies: 'on' | 'off' | 'skip' | 'skip next' = 'on';
  /** It is to be closed: at once, or when its replies are sent. */
  closing: 'no' | 'after' | 'now' = 'no';
  private out: string[] = [];
  private outSize = 0;

  constructor(id: number, address: string, localAddress: string, db: Database, now: number) {
    this.id = id;
    this.address = address;
    this.localAddress = localAddress;
    this.db = db;
    this.since = this.lastActive = now;
  }

  get subscriptions(): number {
    return this.channels.size + this.patterns.size;
  }

  /** Bytes of replies that wait to be sent. */
  get unsent(): number {
    return this.outSize;
  }

  /** For the encoder: another piece of a reply. False: there are too many, and it is closed. */
  readonly sink = (piece: string): boolean => {
    if (this.closing === 'now') return false;
    this.out.push(piece);
    this.outSize += piece.length;
    if (this.outSize <= MOST_UNREAD) return true;
    this.closing = 'now';
    this.out = [];
    this.outSize = 0;
    return false;
  };

  /** All that is to be sent. */
  take(): string {
    const text = this.out.join('');
    this.out = [];
    this.outSize = 0;
    return text;
  }
}

export function isWaiting(reply: Reply | Waiting): reply is Waiting {
  return typeof reply === 'object' && reply !== null && 'wait' in reply;
}
