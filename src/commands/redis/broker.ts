/**
 * A Redis server without its sockets: connections in, replies out, and a clock that somebody else moves. Nothing in it
 * depends on anything but what comes in and when; what waits is served in the order in which it began to wait.
 */
import type { Blocked, Waiting } from './client.ts';
import { Client, isWaiting } from './client.ts';
import { Call, type Command } from './command.ts';
import { COMMANDS } from './command-table.ts';
import { Database, type Surroundings } from './database.ts';
import { CommandError, refuse, wrongCount } from './errors.ts';
import { monitorLine } from './monitor.ts';
import { matches } from './patterns.ts';
import { isError, type Reply, write } from './replies.ts';
import { Settings } from './settings.ts';
import { Statistics } from './statistics.ts';
import { type Kind, sizeOf } from './values.ts';

/** As Redis' own `databases`. */
const DATABASES = 16;
/** A request that has not come to its end may have so many bytes; Redis lets it have a gigabyte. */
const LONGEST_REQUEST = 64 * 1024 * 1024;
/** A client that reads no replies gets no more of its commands done than fill this. */
const ENOUGH_UNSENT = 1024 * 1024;
/** What a key costs beside what is in it, in bytes, about. */
const KEY = 100;

const WITHOUT_TRANSACTION = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset']);
const WHILE_SUBSCRIBED = new Set(['ping', 'subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'quit', 'reset']);

export class Broker implements Surroundings {
  readonly settings = new Settings();
  readonly statistics = new Statistics();
  readonly databases: readonly Database[];
  readonly clients = new Map<number, Client>();
  /** By text, as SCRIPT LOAD and EVAL have kept it. */
  readonly scripts = new Map<string, string>();
  /** Milliseconds since 1970. */
  now = 0;
  /** What is done now is part of a transaction or of a script. */
  atomic = false;
  /** The append-only file is being read. */
  loading = false;
  /** The file cannot be written: why. */
  diskError: string | null = null;
  readonly commands = COMMANDS;
  /** Seconds that it must stand still before it goes on: DEBUG SLEEP. */
  sleeps = 0;
  /** SHUTDOWN. */
  stopping = false;
  /** What the append-only file lacks, as commands with their databases. */
  private log: { readonly db: number; readonly words: readonly string[] }[] = [];
  private nextClient = 1;
  private readonly watchers = new Map<string, Set<Client>>();
  /** Who waits for a key, in the order in which they began to. */
  private readonly waiters = new Map<string, Set<Client>>();
  private ready = new Map<string, { readonly db: Database; readonly key: string }>();
  /** Whose commands were left in the buffer while they waited. */
  private readonly resumed = new Set<Client>();
  /** Bytes of data when they were counted last, and written since. */
  private measured = 0;
  private written = 0;

  constructor() {
    this.databases = Array.from({ length: DATABASES }, (_, index) => new Database(index, this));
  }

  get expires(): boolean {
    return !this.loading;
  }

  connect(address: string, localAddress: string): Client {
    const client = new Client(this.nextClient++, address, localAddress, this.databases[0] as Database, this.now);
    client.authenticated = this.settings.password === '';
    this.clients.set(client.id, client);
    this.statistics.connections++;
    return client;
  }

  /** Whether it has given its password, if there is one. */
  knows(client: Client): boolean {
    return client.authenticated || this.settings.password === '';
  }

  /** The connection is gone. */
  disconnect(client: Client): void {
    client.closing = 'now';
    this.unblock(client);
    this.unwatch(client);
    this.resumed.delete(client);
    this.clients.delete(client.id);
  }

  /** Nobody's connection, for what is read from the append-only file. */
  reader(): Client {
    return new Client(0, '', '', this.databases[0] as Database, this.now);
  }

  /** Does a command of the append-only file's. Throws CommandError. */
  apply(client: Client, words: readonly string[]): void {
    this.call(client, this.look(words), words);
    this.ready.clear();
  }

  /** Bytes have come from a client: does what they ask. */
  receive(client: Client, bytes: Uint8Array): void {
    client.requests.add(bytes);
    client.lastActive = this.now;
    this.process(client);
    this.settle();
  }

  /** Done whenever time has passed. */
  tick(): void {
    for (const db of this.databases) db.dropExpired();
    const late = [...this.clients.values()].filter((client) => (client.blocked?.wait.until ?? Infinity) <= this.now);
    late.sort((a, b) => (a.blocked?.wait.until as number) - (b.blocked?.wait.until as number) || a.id - b.id);
    for (const client of late) this.finish(client, client.blocked?.wait.over as Reply);
    // Who has read what was sent may have more of its commands done.
    for (const client of this.clients.values()) if (client.requests.size > 0) this.process(client);
    this.settle();
  }

  /** When `tick` has something to do, in milliseconds since 1970; null: never. */
  deadline(): number | null {
    let first = Infinity;
    for (const { blocked } of this.clients.values()) {
      if (!blocked) continue;
      first = Math.min(first, blocked.wait.until ?? Infinity);
      // It is told when the key expires that it waits for.
      if (blocked.wait.deleted)
        for (const key of blocked.wait.keys) first = Math.min(first, blocked.db.expiry(key) ?? Infinity);
    }
    return first === Infinity ? null : first;
  }

  private process(client: Client): void {
    while (!client.blocked && client.closing === 'no' && client.unsent <= ENOUGH_UNSENT) {
      const request = client.requests.next(this.knows(client), this.settings.number('proto-max-bulk-len'));
      if (request === null) break;
      if ('error' in request) {
        this.reply(client, { error: request.error });
        client.closing = 'after';
        break;
      }
      if (request.length === 0) continue;
      this.execute(client, request);
      this.serveReady();
    }
    if (client.requests.size > LONGEST_REQUEST) client.closing = 'now';
  }

  /** Serves who waits for what has come, and whose commands have waited meanwhile. */
  private settle(): void {
    for (;;) {
      this.serveReady();
      const [client] = this.resumed;
      if (!client) return;
      this.resumed.delete(client);
      this.process(client);
    }
  }

  /** One command of a client's, done or queued, and its reply. */
  private execute(client: Client, words: readonly string[]): void {
    const name = (words[0] as string).toLowerCase();
    // What browsers send to the port of a server that a page has told them is a web server.
    if (name === 'post' || name === 'host:') {
      client.closing = 'now';
      return;
    }
    let reply: Reply | Waiting;
    let allowed = false;
    try {
      const found = this.look(words);
      client.lastCommand = found.name;
      this.allow(client, found);
      allowed = true;
      if (client.queued && !WITHOUT_TRANSACTION.has(found.name)) {
        client.queued.push(words);
        reply = { status: 'QUEUED' };
      } else reply = this.call(client, found, words);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      reply = { error: error.message };
      // Who could not even queue a command gets none of them done.
      if (!allowed && client.queued) {
        client.aborted = true;
        if (name === 'exec') {
          this.endTransaction(client);
          reply = { error: `EXECABORT Transaction discarded because of: ${error.message.replace(/^ERR /, '')}` };
        }
      }
    }
    if (isWaiting(reply)) this.block(client, reply.wait);
    else this.reply(client, reply);
  }

  /** Finds a command. Throws if there is none, or if it has other arguments. */
  look(words: readonly string[]): Command {
    const [name = '', sub = ''] = words;
    let found = COMMANDS.get(name.toLowerCase());
    if (!found) throw refuse(unknown(words));
    if (found.subcommands && words.length > 1) {
      found = found.subcommands.get(sub.toLowerCase());
      if (!found) throw refuse(`ERR unknown subcommand '${sub.slice(0, 128)}'. Try ${name.toUpperCase()} HELP.`);
    }
    const { arity } = found;
    if (arity > 0 ? words.length !== arity : words.length < -arity) throw wrongCount(found.name);
    return found;
  }

  /** Throws unless this client may do this now. */
  private allow(client: Client, { name, flags }: Command): void {
    if (!this.knows(client) && !flags.has('no_auth')) throw refuse('NOAUTH Authentication required.');
    if (flags.has('denyoom') && this.isFull()) throw refuse("OOM command not allowed when used memory > 'maxmemory'.");
    if (flags.has('write') && this.diskError !== null && !this.loading)
      throw refuse(`MISCONF Errors writing to the AOF file: ${this.diskError}`);
    if (client.protocol === 2 && client.subscriptions > 0 && !WHILE_SUBSCRIBED.has(name)) {
      throw refuse(
        `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
      );
    }
  }

  /** Does a command. Throws CommandError. */
  call(client: Client, found: Command, words: readonly string[]): Reply | Waiting {
    this.statistics.commands++;
    const call = new Call(this, client);
    this.tellMonitors(client, words, found);
    try {
      return (found.run as NonNullable<Command['run']>)(call, words);
    } finally {
      if (call.changes > 0) {
        for (const line of call.instead ?? [words]) this.propagate(call.db, line);
        if (found.flags.has('denyoom')) this.grew(words.reduce((size, word) => size + word.length + 64, 0));
      }
      this.statistics.dirty += call.changes;
    }
  }

  /** The commands between MULTI and EXEC, as one. */
  transaction(client: Client, queued: readonly (readonly string[])[]): Reply {
    const before = this.log.length;
    this.atomic = true;
    const replies = queued.map((words): Reply => {
      try {
        const found = this.look(words);
        const reply = this.call(client, found, words);
        return isWaiting(reply) ? reply.wait.over : reply;
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        return { error: error.message };
      }
    });
    this.atomic = false;
    this.bracket(before);
    return replies;
  }

  /** What was logged from here on is one transaction of the file's, too. */
  bracket(from: number): void {
    const count = this.log.length - from;
    const db = this.log[from]?.db;
    if (count < 2 || db === undefined) return;
    this.log.splice(from, 0, { db, words: ['MULTI'] });
    this.log.push({ db: this.log.at(-1)?.db as number, words: ['EXEC'] });
  }

  get logged(): number {
    return this.log.length;
  }

  reply(client: Client, reply: Reply): void {
    if (client.replies === 'skip next') {
      client.replies = 'skip';
      return;
    }
    if (isError(reply)) this.statistics.errors++;
    if (client.replies === 'skip') client.replies = 'on';
    else if (client.replies === 'on') write(reply, client.protocol, client.sink);
  }

  /** A message that is no reply. */
  push(client: Client, items: readonly Reply[]): void {
    if (client.replies !== 'off') write({ push: items }, client.protocol, client.sink);
  }

  publish(channel: string, message: string): number {
    let count = 0;
    for (const client of this.clients.values()) {
      if (!client.channels.has(channel)) continue;
      this.push(client, ['message', channel, message]);
      count++;
    }
    for (const client of this.clients.values()) {
      for (const pattern of client.patterns) {
        if (!matches(pattern, channel)) continue;
        this.push(client, ['pmessage', pattern, channel, message]);
        count++;
      }
    }
    return count;
  }

  endTransaction(client: Client): void {
    client.queued = null;
    client.aborted = false;
    this.unwatch(client);
  }

  watch(client: Client, key: string): void {
    const { db } = client;
    const place = placeOf(db, key);
    db.find(key);
    client.watched.set(place, { db, key });
    const watchers = this.watchers.get(place);
    if (watchers) watchers.add(client);
    else this.watchers.set(place, new Set([client]));
  }

  unwatch(client: Client): void {
    for (const place of client.watched.keys()) {
      const watchers = this.watchers.get(place);
      watchers?.delete(client);
      if (watchers?.size === 0) this.watchers.delete(place);
    }
    client.watched.clear();
    client.outdated = false;
  }

  touched(db: Database, key: string): void {
    for (const client of this.watchers.get(placeOf(db, key)) ?? []) client.outdated = true;
    if (!db.has(key)) this.gone(db, key);
  }

  /** All keys of a database have changed. */
  touchedAll(db: Database): void {
    for (const client of this.clients.values()) {
      for (const { db: of, key } of client.watched.values()) if (of === db && db.has(key)) client.outdated = true;
    }
  }

  expired(db: Database, key: string): void {
    this.statistics.expired++;
    this.touched(db, key);
    this.propagate(db, ['DEL', key]);
  }

  made(db: Database, key: string, kind: Kind): void {
    if (kind === 'list' || kind === 'zset' || kind === 'stream') this.signal(db, key);
    else this.gone(db, key);
  }

  /** Something was added to a key that others may wait for. */
  signal(db: Database, key: string): void {
    const place = placeOf(db, key);
    if (this.waiters.has(place)) this.ready.set(place, { db, key });
  }

  /** A key was deleted: who waits for it must know, if that makes it wait in vain. */
  gone(db: Database, key: string): void {
    for (const client of [...(this.waiters.get(placeOf(db, key)) ?? [])]) {
      if (client.blocked?.wait.deleted) this.ready.set(placeOf(db, key), { db, key });
    }
  }

  private block(client: Client, wait: Blocked['wait']): void {
    client.blocked = { db: client.db, wait };
    for (const key of wait.keys) {
      const place = placeOf(client.db, key);
      const waiters = this.waiters.get(place);
      if (waiters) waiters.add(client);
      else this.waiters.set(place, new Set([client]));
    }
  }

  private unblock(client: Client): void {
    const { blocked } = client;
    if (!blocked) return;
    for (const key of blocked.wait.keys) {
      const place = placeOf(blocked.db, key);
      const waiters = this.waiters.get(place);
      waiters?.delete(client);
      if (waiters?.size === 0) this.waiters.delete(place);
    }
    client.blocked = null;
  }

  /** A client need not wait any more. */
  finish(client: Client, reply: Reply): void {
    this.unblock(client);
    this.reply(client, reply);
    if (client.requests.size > 0) this.resumed.add(client);
  }

  private serveReady(): void {
    while (this.ready.size > 0) {
      const { ready } = this;
      this.ready = new Map();
      for (const [place, { db, key }] of ready) {
        for (const client of [...(this.waiters.get(place) ?? [])]) {
          if (client.blocked) this.serve(client, client.blocked, db, key);
        }
      }
    }
  }

  private serve(client: Client, { wait }: Blocked, db: Database, key: string): void {
    const before = this.log.length;
    let reply: Reply | null;
    try {
      reply = wait.deleted && db.find(key)?.kind !== 'stream' ? wait.deleted : wait.serve(key);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      reply = { error: error.message };
    }
    if (reply === null) return;
    this.bracket(before);
    this.finish(client, reply);
  }

  /** For the append-only file. */
  propagate(db: Database, words: readonly string[]): void {
    if (!this.loading && this.settings.get('appendonly') === 'yes') this.log.push({ db: db.index, words });
  }

  takeLog(): readonly { readonly db: number; readonly words: readonly string[] }[] {
    const { log } = this;
    this.log = [];
    return log;
  }

  /** So many bytes more may be kept than before. */
  grew(bytes: number): void {
    this.written += bytes;
  }

  /** Whether there is no room; all is counted only when that could be. */
  private isFull(): boolean {
    const limit = this.settings.memory();
    if (this.measured + this.written <= limit) return false;
    this.measured = this.memory();
    this.written = 0;
    return this.measured > limit;
  }

  /** Bytes of all data, about. */
  memory(): number {
    let size = 0;
    for (const db of this.databases) for (const [key, { value }] of db.all()) size += KEY + key.length + sizeOf(value);
    return size;
  }

  private tellMonitors(client: Client, words: readonly string[], { flags, name }: Command): void {
    if (this.statistics.monitors === 0 || flags.has('admin') || name === 'auth' || name === 'hello') return;
    const line = monitorLine(this.now, client, words);
    for (const one of this.clients.values()) if (one.monitors) write({ status: line }, one.protocol, one.sink);
  }
}

function placeOf(db: Database, key: string): string {
  return `${db.index}:${key}`;
}

function unknown(words: readonly string[]): string {
  let given = '';
  for (const word of words.slice(1)) {
    if (given.length >= 128) break;
    given += `'${word.slice(0, 128 - given.length)}' `;
  }
  return `ERR unknown command '${(words[0] as string).slice(0, 128)}', with args beginning with: ${given}`;
}
