/** What a Redis command is: its place in COMMAND's table, and what it does. */
import type { Broker } from './broker.ts';
import type { Client, Waiting } from './client.ts';
import type { Database } from './database.ts';
import type { Reply } from './replies.ts';

/** One command being done. */
export class Call {
  readonly broker: Broker;
  readonly client: Client;
  readonly db: Database;
  /** How often it has changed something. */
  changes = 0;
  /** What the append-only file gets instead of the command's own words. */
  instead: (readonly string[])[] | null = null;

  constructor(broker: Broker, client: Client) {
    this.broker = broker;
    this.client = client;
    this.db = client.db;
  }

  get now(): number {
    return this.broker.now;
  }

  /** It must not wait: it is part of a transaction or of a script. */
  get hurried(): boolean {
    return this.broker.atomic;
  }

  /** A key is another than before: who watches it is told. */
  changed(key: string, changes = 1, db = this.db): void {
    this.changes += changes;
    this.broker.touched(db, key);
  }

  /** The append-only file gets these words. */
  rewrite(...commands: (readonly string[])[]): void {
    this.instead = commands;
  }
}

export type Handler = (call: Call, args: readonly string[]) => Reply | Waiting;

export interface Command {
  readonly name: string;
  /** The number of words with the name; negative: at least so many. */
  readonly arity: number;
  /** Redis' own words. */
  readonly flags: ReadonlySet<Flag>;
  /** Where the keys are among the words: the first, the last (negative: from the end), every how many. */
  readonly keys: readonly [number, number, number];
  /** Null: only its subcommands do something. */
  readonly run: Handler | null;
  readonly subcommands?: ReadonlyMap<string, Command>;
}

export type Flag =
  | 'write'
  | 'readonly'
  | 'denyoom'
  | 'admin'
  | 'pubsub'
  | 'noscript'
  | 'blocking'
  | 'loading'
  | 'stale'
  | 'fast'
  | 'no_auth'
  | 'allow_busy'
  | 'movablekeys';

/** A line of the table. `flags`: separated by spaces; `keys`: like `1 -1 1`. */
export function command(name: string, arity: number, flags: string, keys: string, run: Handler): Command {
  return { ...described(name, arity, flags, keys), run };
}

/** A command that has subcommands; they are called `name|sub`. */
export function container(name: string, subcommands: readonly Command[]): Command {
  const named = subcommands.map((sub) => [sub.name, { ...sub, name: `${name}|${sub.name}` }] as const);
  return { ...described(name, -2, '', ''), run: null, subcommands: new Map(named) };
}

function described(name: string, arity: number, flags: string, keys: string): Omit<Command, 'run'> {
  const [first = 0, last = 0, step = 0] = keys === '' ? [] : keys.split(' ').map(Number);
  return {
    name,
    arity,
    flags: new Set(flags.split(' ').filter(Boolean)) as ReadonlySet<Flag>,
    keys: [first, last, step],
  };
}
