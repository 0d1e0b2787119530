/** `redis-server`: options and redis.conf, what it says about itself, its beginning and its end. */
import { type Failed, isFailed } from '../../kernel/errno.ts';
import type { Fd } from '../../kernel/files/types.ts';
import { SIGNALS } from '../../kernel/processes/types.ts';
import { parseHost } from '../../kernel/sockets/addresses.ts';
import type { SocketCalls } from '../../kernel/sockets/types.ts';
import { MONTHS, moment } from '../calendar.ts';
import { listen } from '../listen.ts';
import { program, type Running } from '../program.ts';
import { reason } from '../reasons.ts';
import type { Calling } from '../types.ts';
import { AppendOnly, readWhole } from './append-only.ts';
import { Broker } from './broker.ts';
import { fromText, toText } from './bytes.ts';
import { Listening } from './listening.ts';
import { splitWords } from './requests.ts';
import { VERSION } from './version.ts';

const USAGE = `Usage: ./redis-server [/path/to/redis.conf] [options] [-]
       ./redis-server -v or --version
       ./redis-server -h or --help

Examples:
       ./redis-server (run the server with default conf)
       ./redis-server /etc/redis/6379.conf
       ./redis-server --port 7777
       ./redis-server --port 7777 --appendonly yes
`;

export const redisServer = program('redis-server', 1, function* (run) {
  const words = run.process.argv.slice(1);
  if (['-v', '--version'].includes(words[0] ?? '')) {
    yield* run.out(`Redis server v=${VERSION} sha=00000000:0 malloc=libc bits=64 build=0\n`);
    return 0;
  }
  if (['-h', '--help'].includes(words[0] ?? '')) {
    yield* run.out(USAGE);
    return 0;
  }
  const { sockets } = run.process;
  if (!sockets) return yield* run.fail(1, 'this machine has no network');
  const broker = new Broker();
  const wrong = yield* configure(run, broker, words);
  if (wrong) {
    yield* run.errorText(`\n*** FATAL CONFIG FILE ERROR (Redis ${VERSION}) ***\n${wrong}\n`);
    return 1;
  }
  return yield* new Server(run, sockets, broker).run();
});

/** Reads redis.conf and the options; what is wrong, or null. */
function* configure(run: Running, broker: Broker, given: readonly string[]): Calling<string | null> {
  const words = given.map(fromText);
  const lines: string[] = [];
  if (words[0] !== undefined && !words[0].startsWith('--')) {
    const path = words.shift() as string;
    const text = yield* readWhole(run.calls, toText(path));
    if (text === null) return `Can't open config file '${toText(path)}'`;
    lines.push(...text.split('\n'));
  }
  const parsed: (readonly string[] | null)[] = lines.map((line) => (/^\s*(#|$)/.test(line) ? [] : splitWords(line)));
  const fromFile = lines.length;
  for (const word of words) {
    if (word.startsWith('--')) parsed.push([word.slice(2)]);
    else parsed.push([...(parsed.pop() ?? []), word]);
  }
  for (const [i, line] of parsed.entries()) {
    if (line?.length === 0) continue;
    const [name = '', ...values] = line ?? [];
    const shown = i < fromFile ? lines[i] : `${name} ${values.map((value) => `"${value}"`).join(' ')}`;
    const where = `Reading the configuration file, at line ${i + 1}\n>>> '${toText(shown ?? '')}'\n`;
    if (!line) return `${where}Unbalanced quotes in configuration line`;
    const several = ['save', 'bind'].includes(name.toLowerCase());
    if (values.length === 0 || (values.length > 1 && !several)) return `${where}wrong number of arguments`;
    const wrong = broker.settings.begin(name.toLowerCase(), values.join(' '));
    if (wrong) return where + wrong;
  }
  return null;
}

class Server {
  private readonly running: Running;
  private readonly sockets: SocketCalls;
  private readonly broker: Broker;
  /** Lines of the log that are not written yet: what is said at once is written at once. */
  private readonly lines: string[] = [];

  constructor(running: Running, sockets: SocketCalls, broker: Broker) {
    this.running = running;
    this.sockets = sockets;
    this.broker = broker;
  }

  *run(): Calling<number> {
    const { broker, running } = this;
    const { calls } = running;
    const { settings, statistics } = broker;
    // As the real one, which is told of signals and acts between two rounds of its loop.
    for (const signal of [SIGNALS.SIGTERM, SIGNALS.SIGINT]) calls.setDisposition(signal, 'handle');
    for (const signal of [SIGNALS.SIGHUP, SIGNALS.SIGPIPE]) calls.setDisposition(signal, 'ignore');
    statistics.pid = calls.pid();
    broker.now = Math.floor((running.process.epoch + calls.clock()) * 1000);
    statistics.started = broker.now;
    this.says('#', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
    this.says('#', `Redis version=${VERSION}, bits=64, pid=${statistics.pid}, just started`);
    const port = settings.number('port');
    const listeners = this.listen(port);
    if (!listeners) {
      yield* this.write();
      return 1;
    }
    this.says('*', `Running mode=standalone, port=${port}.`);
    let file: AppendOnly | null = null;
    if (settings.get('appendonly') === 'yes') {
      const loading = yield* AppendOnly.load(calls, broker);
      for (const [mark, text] of loading.says) this.says(mark, text);
      if (!loading.file) {
        yield* this.write();
        return 1;
      }
      file = loading.file;
    }
    this.says('*', 'Ready to accept connections');
    yield* this.write();
    const listening = new Listening(running.process, this.sockets, broker, listeners, file);
    const signal = yield* listening.serve();
    if (signal === SIGNALS.SIGINT) this.says('#', 'Received SIGINT scheduling shutdown...');
    else if (signal !== null) this.says('#', 'Received SIGTERM scheduling shutdown...');
    this.says('#', 'User requested shutdown...');
    if (file) yield* file.write(broker);
    this.says('#', 'Redis is now ready to exit, bye bye...');
    yield* this.write();
    return 0;
  }

  private listen(port: number): readonly Fd[] | null {
    const listeners: Fd[] = [];
    for (const name of this.broker.settings.get('bind').split(' ')) {
      // No IPv6 here.
      if (name.includes(':')) continue;
      const host =
        name === '*' || name === '' ? 0 : parseHost(name === 'localhost' ? '127.0.0.1' : name.replace(/^-/, ''));
      const made: Fd | Failed = host === null ? { errno: 'EADDRNOTAVAIL' } : listen(this.sockets, host, port);
      if (!isFailed(made)) {
        listeners.push(made);
        continue;
      }
      const why = made.errno === 'EADDRINUSE' ? 'Address already in use' : reason(made);
      this.says('#', `Warning: Could not create server TCP listening socket ${name}:${port}: bind: ${why}`);
    }
    if (listeners.length > 0) return listeners;
    this.says('#', `Failed listening on port ${port} (TCP), aborting.`);
    return null;
  }

  /** A line of the log. */
  private says(mark: string, text: string): void {
    const { process, calls } = this.running;
    this.lines.push(`${calls.pid()}:M ${stamp(process.epoch + calls.clock())} ${mark} ${text}\n`);
  }

  private *write(): Calling<void> {
    yield* this.running.out(this.lines.splice(0).join(''));
    yield* this.running.flush();
  }
}

/** `01 Jan 2026 00:00:00.000` */
function stamp(time: number): string {
  const { year, month, day, hour, minute, second, nanoseconds } = moment(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const milliseconds = String(Math.floor(nanoseconds / 1e6)).padStart(3, '0');
  const date = `${two(day)} ${MONTHS[month - 1]?.slice(0, 3)} ${year}`;
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}.${milliseconds}`;
}
