/** The append-only file: what has changed the data, as the commands themselves; read again when the server starts. */
import { isFailed } from '../../kernel/errno.ts';
import { type Fd, O } from '../../kernel/files/types.ts';
import { wait, writeAll } from '../program.ts';
import { reason } from '../reasons.ts';
import type { Calling, CommandProcess } from '../types.ts';
import type { Broker } from './broker.ts';
import { fromBytes, toBytes } from './bytes.ts';
import { CommandError } from './errors.ts';
import { RequestParser } from './requests.ts';

const BLOCK = 65_536;
/** A larger one was not written here. */
const LONGEST = 64 * 1024 * 1024;

/** What the server says about its file, and whether it can go on. */
export interface Loading {
  readonly file: AppendOnly | null;
  readonly says: readonly (readonly [mark: string, text: string])[];
}

export class AppendOnly {
  private readonly calls: CommandProcess['calls'];
  private readonly fd: Fd;
  /** The database that the last command in it was for; null: not known yet. */
  private selected: number | null = null;

  private constructor(calls: CommandProcess['calls'], fd: Fd) {
    this.calls = calls;
    this.fd = fd;
  }

  /** Opens the file and does again what is in it. */
  static *load(calls: CommandProcess['calls'], broker: Broker): Calling<Loading> {
    const name = broker.settings.get('appendfilename');
    const path = `${broker.settings.get('dir')}/${name}`;
    const fd = yield* wait(calls.open(null, path, O.RDWR | O.CREAT | O.APPEND | O.CLOEXEC, 0o644));
    if (isFailed(fd)) return { file: null, says: [['#', `Can't open the append-only file ${name}: ${reason(fd)}`]] };
    const parser = new RequestParser();
    let size = 0;
    for (;;) {
      const bytes = yield* wait(calls.read(fd, BLOCK, null));
      if (isFailed(bytes)) return { file: null, says: [['#', `Error reading the append-only file: ${reason(bytes)}`]] };
      if (bytes.length === 0) break;
      size += bytes.length;
      if (size > LONGEST) return { file: null, says: [['#', `The append-only file ${name} is too large`]] };
      parser.add(bytes);
    }
    const file = new AppendOnly(calls, fd);
    if (size === 0) return { file, says: [['*', `Creating AOF file ${name} on server start`]] };
    const whole = replay(broker, parser, size);
    if (whole === null) {
      const text = `Bad file format reading the append only file ${name}: make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>`;
      return { file: null, says: [['#', text]] };
    }
    if (whole === size) return { file, says: [['*', `DB loaded from append only file ${name}`]] };
    if (broker.settings.get('aof-load-truncated') !== 'yes') {
      const text = `Unexpected end of file reading the append only file ${name}. You can: 1) Make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>. 2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.`;
      return { file: null, says: [['#', text]] };
    }
    // What was being written when the power went.
    calls.truncateOpen(fd, whole);
    return {
      file,
      says: [
        ['#', `!!! Warning: short read while loading the AOF file ${name}!!!`],
        ['#', `AOF ${name} loaded anyway because aof-load-truncated is enabled`],
      ],
    };
  }

  /** Writes down what has changed since; on failure the broker takes no more changes. */
  *write(broker: Broker): Calling<void> {
    const lines = broker.takeLog();
    if (lines.length === 0) return;
    let text = '';
    for (const { db, words } of lines) {
      if (db !== this.selected) text += line(['SELECT', String(db)]);
      this.selected = db;
      text += line(words);
    }
    const failure = yield* writeAll(this.calls, this.fd, toBytes(text));
    broker.diskError = failure ? reason(failure) : null;
  }
}

function line(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

/** Does all commands of a file; how many bytes of it are whole, or null: it is no such file. */
function replay(broker: Broker, parser: RequestParser, size: number): number | null {
  const client = broker.reader();
  broker.loading = true;
  let whole = 0;
  let transaction: (readonly string[])[] | null = null;
  try {
    for (;;) {
      const words = parser.next(true, LONGEST);
      if (words === null) return whole;
      if ('error' in words || words.length === 0) return null;
      const name = (words[0] as string).toUpperCase();
      if (name === 'MULTI') transaction = [];
      else if (name === 'EXEC') {
        for (const one of transaction ?? []) broker.apply(client, one);
        transaction = null;
      } else if (transaction) transaction.push(words);
      else broker.apply(client, words);
      if (!transaction) whole = size - parser.size;
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return null;
  } finally {
    broker.loading = false;
  }
}

/** A whole file's text as a string of bytes. */
export function* readWhole(calls: CommandProcess['calls'], path: string): Calling<string | null> {
  const fd = yield* wait(calls.open(null, path, O.RDONLY | O.CLOEXEC, 0));
  if (isFailed(fd)) return null;
  const pieces: string[] = [];
  for (let size = 0; size < LONGEST; ) {
    const bytes = yield* wait(calls.read(fd, BLOCK, null));
    if (isFailed(bytes) || bytes.length === 0) break;
    pieces.push(fromBytes(bytes));
    size += bytes.length;
  }
  calls.close(fd);
  return pieces.join('');
}
