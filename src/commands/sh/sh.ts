/** `sh`: a small POSIX shell that behaves as dash does. docs/internals/shell.md says what it knows. */
import { isFailed } from '../../kernel/errno.ts';
import { wait, writeAll } from '../program.ts';
import { reason } from '../reasons.ts';
import { decode, encode } from '../text.ts';
import type { Calling, Command, CommandProcess } from '../types.ts';
import { Executor } from './execute.ts';
import { Parser } from './parser.ts';
import { LONGEST_SCRIPT, readFile } from './script-file.ts';
import { Fatal, Leave, type OptionLetter, Shell } from './shell.ts';
import { decodeState, STATE } from './subshell.ts';
import { ShellSyntaxError } from './words.ts';

export const sh: Command = function* (process) {
  const shell = new Shell(process);
  const executor = new Executor(shell);
  const status = yield* guarded(shell, () => begin(process, executor));
  const action = shell.traps.get(0);
  if (!action) return status;
  shell.traps.delete(0);
  shell.status = status;
  return yield* guarded(shell, function* () {
    yield* executor.text(action, shell.line, false);
    return status;
  });
};

/** Runs it, and makes of each way to end an exit status. */
function* guarded(shell: Shell, body: () => Calling<number>): Calling<number> {
  try {
    shell.status = yield* body();
  } catch (thrown) {
    shell.status = yield* ending(shell, thrown);
  }
  return shell.status;
}

function* ending(shell: Shell, thrown: unknown): Calling<number> {
  if (thrown instanceof Leave) return thrown.kind === 'exit' || thrown.kind === 'return' ? thrown.value : 0;
  if (thrown instanceof Fatal) {
    if (!thrown.told) yield* shell.error(thrown.message);
    return thrown.status;
  }
  if (!(thrown instanceof ShellSyntaxError)) throw thrown;
  shell.line = thrown.line;
  yield* shell.error(`Syntax error: ${thrown.message}`);
  return 2;
}

function* begin(process: CommandProcess, executor: Executor): Calling<number> {
  const { shell } = executor;
  const { [STATE]: state, ...environment } = process.calls.environment();
  if (state !== undefined) {
    const errand = decodeState(shell, state);
    if (errand) return yield* executor.text(errand.text, errand.line, true);
  }
  for (const [name, value] of Object.entries(environment)) {
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    shell.set(name, value);
    shell.declare(name).exported = true;
  }
  const folder = process.calls.currentFolder();
  if (!isFailed(folder)) shell.set('PWD', folder);
  const words = process.argv.slice(1);
  shell.name = process.argv[0] ?? 'sh';
  const letters = options(words);
  if (letters === null) {
    shell.line = 0;
    throw new Fatal(`Illegal option ${words[0]}`);
  }
  for (const letter of letters) if ('euxf'.includes(letter)) shell.options.add(letter as OptionLetter);
  if (letters.includes('c')) {
    const text = words.shift();
    shell.line = 0;
    if (text === undefined) throw new Fatal('-c requires an argument');
    shell.name = words.shift() ?? shell.name;
    shell.parameters = words;
    shell.line = 1;
    return yield* executor.text(text, 1, true);
  }
  const file = letters.includes('s') ? undefined : words.shift();
  shell.parameters = words;
  if (file === undefined) return yield* fromInput(executor);
  shell.line = 0;
  const text = yield* readFile(process.calls, file);
  if (isFailed(text))
    throw new Fatal(`cannot open ${file}: ${text.errno === 'ENOENT' ? 'No such file' : reason(text)}`);
  shell.name = file;
  return yield* executor.text(text, 1, false);
}

/** Takes the options off; null: one is unknown, and still there. */
function options(words: string[]): string | null {
  let letters = '';
  while (words[0] !== undefined && /^-./.test(words[0])) {
    if (words[0] === '--') {
      words.shift();
      break;
    }
    if (!/^-[ceuxfsi]+$/.test(words[0])) return null;
    letters += (words.shift() as string).slice(1);
  }
  return letters;
}

/** Commands from standard input, each run as soon as it is complete. */
function* fromInput(executor: Executor): Calling<number> {
  const { shell } = executor;
  const { calls } = shell;
  const typed = calls.isTerminal(0) === true && calls.isTerminal(2) === true;
  let text = '';
  let line = 1;
  let bytes = new Uint8Array(0);
  for (let more = true; more; ) {
    if (typed) yield* writeAll(calls, 2, encode(text === '' ? (shell.get('PS1') ?? '$ ') : (shell.get('PS2') ?? '> ')));
    const block = yield* wait(calls.read(0, 8192, null));
    if (isFailed(block) && block.errno === 'EINTR') {
      yield* executor.trapped();
      continue;
    }
    more = !isFailed(block) && block.length > 0;
    if (more) bytes = joinedWith(bytes, block as Uint8Array);
    // Only whole lines: a character may be cut in two.
    const end = more ? bytes.lastIndexOf(10) + 1 : bytes.length;
    if (end === 0 && more) continue;
    text += decode(bytes.subarray(0, end));
    bytes = bytes.slice(end);
    if (text.length + bytes.length > LONGEST_SCRIPT) throw new Fatal('more than 4 MiB without a complete command');
    for (;;) {
      const parser = new Parser(text, line);
      const list = yield* complete(parser, more, typed, shell);
      if (list === 'more') break;
      text = text.slice(parser.position);
      line = parser.line;
      if (list === 'nothing') break;
      if (list === 'wrong') continue;
      const run = () => executor.list(list);
      if (typed) yield* interactively(shell, run);
      else yield* run();
    }
  }
  return shell.status;
}

type Complete = ReturnType<Parser['next']>;

/** The next command; or that there is none, or not yet a whole one. Who types gets another try. */
function* complete(
  parser: Parser,
  more: boolean,
  typed: boolean,
  shell: Shell,
): Calling<NonNullable<Complete> | 'more' | 'nothing' | 'wrong'> {
  try {
    const list = parser.next();
    return more && parser.openDocument ? 'more' : (list ?? 'nothing');
  } catch (thrown) {
    if (!(thrown instanceof ShellSyntaxError)) throw thrown;
    if (thrown.unfinished && more) return 'more';
    if (!typed) throw thrown;
    shell.status = yield* ending(shell, thrown);
    parser.skipLine();
    return 'wrong';
  }
}

/** An error is told and forgotten; only `exit` ends the shell. */
function* interactively(shell: Shell, run: () => Calling<number>): Calling<void> {
  try {
    yield* run();
  } catch (thrown) {
    if (thrown instanceof Leave && thrown.kind === 'exit') throw thrown;
    shell.status = yield* ending(shell, thrown);
  }
}

function joinedWith(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
