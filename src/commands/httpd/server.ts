/** httpd's loop over `poll`: it accepts, reads requests, answers each when its time has come, and loses patience. */
import { isFailed } from '../../kernel/errno.ts';
import { type Fd, POLL, type Polled } from '../../kernel/files/types.ts';
import { spellHost } from '../../kernel/sockets/addresses.ts';
import { SOCK, type SocketCalls } from '../../kernel/sockets/types.ts';
import { format, moment } from '../calendar.ts';
import { type Running, wait } from '../program.ts';
import type { Calling } from '../types.ts';
import { type Answer, headOf, page, plain } from './answer.ts';
import { Connection } from './connection.ts';
import type { Head } from './request.ts';

export interface Behaviour {
  readonly root: string;
  /** Seconds before each answer. */
  readonly delay: number;
  /** No answers at all. */
  readonly hangs: boolean;
  /** What everything is answered with; null: pages. */
  readonly status: number | null;
}

/** Who comes when there are so many waits in the sockets' queues. */
const MOST_CONNECTIONS = 256;
const MOST_REQUESTS = 1000;
/** Seconds: for a request that has begun, for the next one, for a client that takes nothing, for one that leaves. */
const HEAD_PATIENCE = 10;
const IDLE_PATIENCE = 15;
const SEND_PATIENCE = 60;
const LEAVE_PATIENCE = 2;
/** Seconds before accepting is tried again that has failed. */
const PAUSE = 1;
/** Characters of a request's line in the log. */
const LONGEST_SHOWN = 200;

export class Server {
  private readonly run: Running;
  private readonly sockets: SocketCalls;
  private readonly listeners: readonly Fd[];
  private readonly behaviour: Behaviour;
  private readonly connections = new Map<Fd, Connection>();
  private acceptsAgain = 0;

  constructor(run: Running, sockets: SocketCalls, listeners: readonly Fd[], behaviour: Behaviour) {
    this.run = run;
    this.sockets = sockets;
    this.listeners = listeners;
    this.behaviour = behaviour;
  }

  private get now(): number {
    return this.run.calls.clock();
  }

  /** For ever: a signal ends it. */
  *serve(): Calling<never> {
    for (;;) {
      const questions = this.questions();
      const bits = yield* wait(this.run.calls.poll(questions, this.patience()));
      if (!isFailed(bits)) for (const [i, { fd }] of questions.entries()) yield* this.happened(fd, bits[i] ?? 0);
      for (const connection of [...this.connections.values()]) {
        if (connection.deadline !== null && connection.deadline <= this.now) yield* this.expired(connection);
        if (connection.state !== 'over') continue;
        this.connections.delete(connection.fd);
        yield* connection.close();
      }
      yield* this.run.flush();
    }
  }

  private questions(): Polled[] {
    const full = this.connections.size >= MOST_CONNECTIONS || this.acceptsAgain > this.now;
    const questions: Polled[] = full ? [] : this.listeners.map((fd) => ({ fd, events: POLL.IN }));
    for (const { fd, events } of this.connections.values()) questions.push({ fd, events });
    return questions;
  }

  /** Seconds until something is to be done without anybody's asking; null: nothing is. */
  private patience(): number | null {
    let first = this.acceptsAgain > this.now ? this.acceptsAgain : Number.POSITIVE_INFINITY;
    for (const { deadline } of this.connections.values()) if (deadline !== null) first = Math.min(first, deadline);
    return first === Number.POSITIVE_INFINITY ? null : Math.max(first - this.now, 0);
  }

  private *happened(fd: Fd, bits: number): Calling<void> {
    if (bits === 0) return;
    const connection = this.connections.get(fd);
    if (!connection) {
      if (this.listeners.includes(fd)) yield* this.accept(fd);
      return;
    }
    if (connection.state === 'sending' && bits & POLL.OUT) {
      yield* this.send(connection);
      yield* this.goOn(connection);
    } else if (connection.events & bits & POLL.IN) yield* this.receive(connection);
    else connection.state = 'over';
  }

  private *accept(listener: Fd): Calling<void> {
    while (this.connections.size < MOST_CONNECTIONS) {
      const fd = yield* wait(this.sockets.accept(listener, SOCK.NONBLOCK | SOCK.CLOEXEC));
      if (isFailed(fd)) {
        if (!['EAGAIN', 'EINTR', 'ECONNABORTED'].includes(fd.errno)) this.acceptsAgain = this.now + PAUSE;
        return;
      }
      const peer = this.sockets.peer(fd);
      const shown = !isFailed(peer) && peer.family === 'inet' ? spellHost(peer.host) : '-';
      const connection = new Connection(this.run.calls, this.sockets, fd, shown);
      connection.deadline = this.now + IDLE_PATIENCE;
      this.connections.set(fd, connection);
    }
  }

  private *receive(connection: Connection): Calling<void> {
    const begun = connection.begun;
    yield* connection.receive();
    if (connection.state !== 'reading') return;
    if (!begun) connection.deadline = this.now + HEAD_PATIENCE;
    yield* this.goOn(connection);
  }

  /** Takes the requests that are here, one after the other. */
  private *goOn(connection: Connection): Calling<void> {
    const { delay, hangs } = this.behaviour;
    while (connection.state === 'reading') {
      const head = connection.next();
      if (!head) return;
      connection.head = head;
      connection.state = hangs ? 'hanging' : 'thinking';
      connection.deadline = hangs ? null : this.now + delay;
      if (hangs) yield* this.log(connection, head.line, null);
      else if (delay === 0) yield* this.answer(connection, head);
    }
  }

  private *answer(connection: Connection, head: Head): Calling<void> {
    const { status, root } = this.behaviour;
    const { request } = head;
    let answer: Answer;
    if ('status' in request) answer = plain(request.status);
    else if (status !== null) answer = plain(status);
    else answer = yield* page(this.run.calls, root, request);
    const stays = 'stays' in request && request.stays && connection.served < MOST_REQUESTS - 1;
    yield* this.log(connection, head.line, answer);
    const bytes = headOf(answer, this.time(), stays);
    const silent = 'method' in request && request.method === 'HEAD';
    if (silent && answer.file !== null) yield* wait(this.run.calls.close(answer.file));
    connection.answer(bytes, silent ? { ...answer, size: 0, text: new Uint8Array(0), file: null } : answer, stays);
    yield* this.send(connection);
  }

  private *send(connection: Connection): Calling<void> {
    connection.deadline = this.now + SEND_PATIENCE;
    yield* connection.send();
    if (connection.state === 'leaving') connection.deadline = this.now + LEAVE_PATIENCE;
    if (connection.state !== 'reading') return;
    connection.deadline = this.now + (connection.begun ? HEAD_PATIENCE : IDLE_PATIENCE);
  }

  private *expired(connection: Connection): Calling<void> {
    connection.deadline = null;
    const { state, head } = connection;
    if (state === 'thinking' && head) {
      yield* this.answer(connection, head);
      yield* this.goOn(connection);
    } else if (state === 'reading' && connection.begun) {
      yield* this.answer(connection, { line: '', request: { status: 408 }, size: 0 });
    } else connection.state = 'over';
  }

  /** Seconds since 1970; a clock that is a hair before a second counts as there. */
  private time(): number {
    return this.run.process.epoch + this.now + 1e-6;
  }

  /** A line of the common log format. `answer` null: there will be none. */
  private *log({ peer }: Connection, line: string, answer: Answer | null): Calling<void> {
    const shown = line.replace(/["\\]|[^ -~]/g, escaped).slice(0, LONGEST_SHOWN);
    const what = answer ? `${answer.status} ${answer.size}` : '- -';
    const when = format('%d/%b/%Y:%H:%M:%S %z', moment(this.time()));
    yield* this.run.out(`${peer} - - [${when}] "${shown}" ${what}\n`);
  }
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
