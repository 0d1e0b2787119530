/** `redis-cli`: one command, or those that standard input asks, and the replies as the real one shows them. */
import { isFailed } from '../../kernel/errno.ts';
import type { Fd } from '../../kernel/files/types.ts';
import { inet, parseHost } from '../../kernel/sockets/addresses.ts';
import { AF, MSG, SOCK, type SocketCalls } from '../../kernel/sockets/types.ts';
import { Input } from '../input.ts';
import { program, type Running, wait } from '../program.ts';
import type { Calling } from '../types.ts';
import { fromBytes, fromText, toBytes, toText } from './bytes.ts';
import { shown, shownRaw } from './cli-format.ts';
import { type Received, ReplyParser } from './reply-parser.ts';
import { splitWords } from './requests.ts';
import { VERSION } from './version.ts';

const BLOCK = 16 * 1024;
/** What is followed by messages without an end. */
const ENDLESS = new Set(['subscribe', 'psubscribe', 'monitor']);

interface Asked {
  host: string;
  port: number;
  password: string | null;
  user: string | null;
  db: number;
  three: boolean;
  raw: boolean | null;
  repeat: number;
  interval: number;
  lastFromInput: boolean;
  errorCode: boolean;
  words: readonly string[];
}

const VALUES: Readonly<Record<string, (asked: Asked, value: string) => void>> = {
  '-h': (asked, value) => {
    asked.host = value;
  },
  '-p': (asked, value) => {
    asked.port = Number(value);
  },
  '-a': (asked, value) => {
    asked.password = value;
  },
  '--pass': (asked, value) => {
    asked.password = value;
  },
  '--user': (asked, value) => {
    asked.user = value;
  },
  '-n': (asked, value) => {
    asked.db = Number(value);
  },
  '-r': (asked, value) => {
    asked.repeat = Number(value);
  },
  '-i': (asked, value) => {
    asked.interval = Number(value);
  },
};
const FLAGS: Readonly<Record<string, (asked: Asked) => void>> = {
  '-3': (asked) => {
    asked.three = true;
  },
  '-2': (asked) => {
    asked.three = false;
  },
  '-x': (asked) => {
    asked.lastFromInput = true;
  },
  '-e': (asked) => {
    asked.errorCode = true;
  },
  '--raw': (asked) => {
    asked.raw = true;
  },
  '--no-raw': (asked) => {
    asked.raw = false;
  },
  '--no-auth-warning': () => {},
};

export const redisCli = program('redis-cli', 1, function* (run) {
  const asked: Asked = {
    host: '127.0.0.1',
    port: 6379,
    password: null,
    user: null,
    db: 0,
    three: false,
    raw: null,
    repeat: 1,
    interval: 0,
    lastFromInput: false,
    errorCode: false,
    words: [],
  };
  const words = run.process.argv.slice(1);
  if (words[0] === '-v' || words[0] === '--version') {
    yield* run.out(`redis-cli ${VERSION}\n`);
    return 0;
  }
  let at = 0;
  for (; at < words.length && words[at]?.startsWith('-'); at++) {
    const word = words[at] as string;
    if (Object.hasOwn(FLAGS, word)) FLAGS[word]?.(asked);
    else if (Object.hasOwn(VALUES, word) && at + 1 < words.length) VALUES[word]?.(asked, words[++at] as string);
    else return yield* unknown(run, word);
  }
  if (!Number.isInteger(asked.port) || asked.port < 0 || asked.port > 65_535) {
    yield* run.errorText('Invalid server port.\n');
    return 1;
  }
  asked.words = words.slice(at).map(fromText);
  return yield* new Session(run, asked).run();
});

function* unknown(run: Running, word: string): Calling<number> {
  yield* run.errorText(`Unrecognized option or bad number of args for: '${word}'\n`);
  return 1;
}

class Session {
  private readonly running: Running;
  private readonly asked: Asked;
  private readonly sockets: SocketCalls | undefined;
  private fd: Fd | null = null;
  private replies = new ReplyParser();
  private readonly raw: boolean;

  constructor(run: Running, asked: Asked) {
    this.running = run;
    this.asked = asked;
    this.sockets = run.process.sockets;
    this.raw = asked.raw ?? !run.toTerminal();
  }

  *run(): Calling<number> {
    const { asked, running } = this;
    const connected = yield* this.connect();
    if (asked.words.length === 0) return yield* this.lines();
    if (!connected) return 1;
    let words = asked.words;
    if (asked.lastFromInput) words = [...words, yield* this.input()];
    let failed = false;
    for (let i = 0; asked.repeat < 0 || i < asked.repeat; i++) {
      if (i > 0 && asked.interval > 0) yield* wait(running.calls.sleep(asked.interval));
      const reply = yield* this.ask(words);
      if (reply === null) return 1;
      failed ||= reply.kind === 'error';
    }
    return failed && asked.errorCode ? 1 : 0;
  }

  private *input(): Calling<string> {
    const input = new Input(this.running.calls, 0);
    const pieces: string[] = [];
    for (;;) {
      const bytes = yield* input.block();
      if (isFailed(bytes) || bytes.length === 0) return pieces.join('');
      pieces.push(fromBytes(bytes));
    }
  }

  private *lines(): Calling<number> {
    const { running } = this;
    const input = new Input(running.calls, 0);
    const prompts = running.calls.isTerminal(0) === true;
    for (;;) {
      if (prompts) yield* running.out(this.fd === null ? 'not connected> ' : `${this.place()}> `);
      yield* running.flush();
      const bytes = yield* input.line();
      if (bytes === null || isFailed(bytes)) return 0;
      const words = splitWords(fromBytes(bytes));
      if (words === null) {
        yield* running.out('Invalid argument(s)\n');
        continue;
      }
      const [name = ''] = words;
      if (name === '' || name.startsWith('#')) continue;
      if (/^(quit|exit)$/i.test(name)) return 0;
      if (this.fd === null && !(yield* this.connect())) continue;
      yield* this.ask(words);
    }
  }

  private place(): string {
    const { host, port, db } = this.asked;
    return `${host}:${port}${db === 0 ? '' : `[${db}]`}`;
  }

  private *connect(): Calling<boolean> {
    const { asked, running, sockets } = this;
    if (!sockets) return yield* running.fail(1, 'this machine has no network');
    const { host, port } = asked;
    const address = this.resolve(host);
    let why = 'Name or service not known';
    if (address !== null) {
      const fd = sockets.socket(AF.INET, SOCK.STREAM | SOCK.CLOEXEC, 0);
      if (isFailed(fd)) return false;
      const connected = yield* wait(sockets.connect(fd, inet(address, port)));
      if (!isFailed(connected)) {
        this.fd = fd;
        this.replies = new ReplyParser();
        return yield* this.begin();
      }
      running.calls.close(fd);
      why = REASONS[connected.errno] ?? connected.errno;
    }
    yield* running.errorText(`Could not connect to Redis at ${host}:${port}: ${why}\n`);
    return false;
  }

  private resolve(name: string): number | null {
    const number = parseHost(name);
    if (number !== null) return number;
    if (name === 'localhost') return 0x7f000001;
    const { records } = this.running.process.names;
    const record = records.get(name.toLowerCase());
    const found = record?.alias === undefined ? record : records.get(record.alias);
    const address = found?.addresses.find((one) => parseHost(one) !== null);
    return address === undefined ? null : parseHost(address);
  }

  /** AUTH, HELLO and SELECT. */
  private *begin(): Calling<boolean> {
    const { password, user, three, db } = this.asked;
    const first: string[][] = [];
    if (password !== null) first.push(['AUTH', ...(user === null ? [] : [fromText(user)]), fromText(password)]);
    if (three) first.push(['HELLO', '3']);
    if (db !== 0) first.push(['SELECT', String(db)]);
    for (const words of first) {
      const reply = yield* this.send(words);
      if (reply?.kind === 'error') yield* this.running.errorText(`${words[0]} failed: ${toText(reply.text)}\n`);
      if (reply === null) return false;
    }
    return true;
  }

  /** Sends a command and shows what comes; null: the connection is gone. */
  private *ask(words: readonly string[]): Calling<Received | null> {
    const name = (words[0] as string).toLowerCase();
    let reply = yield* this.send(words);
    if (reply === null) {
      if (name === 'shutdown') return { kind: 'status', text: '' };
      yield* this.running.errorText('Error: Server closed the connection\n');
      return null;
    }
    if (name === 'select' && reply.kind === 'status') this.asked.db = Number(words[1]);
    for (;;) {
      yield* this.show(reply);
      if (!ENDLESS.has(name) || reply.kind === 'error') return reply;
      yield* this.running.flush();
      const next: Received | null = yield* this.next();
      if (next === null) return null;
      reply = next;
    }
  }

  private *show(reply: Received): Calling<void> {
    const text = this.raw ? `${shownRaw(reply)}\n` : shown(reply);
    yield* this.running.out(toBytes(text));
  }

  private *send(words: readonly string[]): Calling<Received | null> {
    const text = `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
    const { fd, sockets } = this;
    if (fd === null || !sockets) return null;
    for (let bytes = toBytes(text); bytes.length > 0; ) {
      const count = yield* wait(sockets.send(fd, { bytes, to: null, files: [] }, MSG.NOSIGNAL));
      if (isFailed(count)) {
        if (count.errno === 'EINTR') continue;
        return this.lost();
      }
      bytes = bytes.subarray(count);
    }
    return yield* this.next();
  }

  private *next(): Calling<Received | null> {
    const { fd, sockets } = this;
    for (;;) {
      const reply = this.replies.next();
      if (reply) return reply;
      if (fd === null || !sockets) return null;
      const received = yield* wait(sockets.receive(fd, BLOCK, 0, 0));
      if (isFailed(received)) {
        if (received.errno === 'EINTR') continue;
        return this.lost();
      }
      if (received.bytes.length === 0) return this.lost();
      this.replies.add(received.bytes);
    }
  }

  private lost(): null {
    if (this.fd !== null) this.running.calls.close(this.fd);
    this.fd = null;
    return null;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
};
