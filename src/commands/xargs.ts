/** `xargs`: one command after the other, or `-P` at the same time. */
import { isFailed } from '../kernel/errno.ts';
import { O } from '../kernel/files/types.ts';
import { AS_IT_IS } from './env.ts';
import { findProgram } from './find-program.ts';
import { Input } from './input.ts';
import { count, parseOptions } from './options.ts';
import { program, Quit, type Running, wait } from './program.ts';
import { reason } from './reasons.ts';
import { decode } from './text.ts';
import type { Calling } from './types.ts';

/** Bytes of one command line. */
const LONGEST = 128 * 1024;
const MOST_AT_ONCE = 64;

export const xargs = program('xargs', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'n:L:I:P:0rtd:',
    long: { 'max-args': 'n', 'max-procs': 'P', replace: 'I', null: '0', 'no-run-if-empty': 'r', verbose: 't' },
    first: true,
  });
  const value = (letter: string) => options.findLast((option) => option.letter === letter)?.value;
  const replace = value('I');
  const most = replace !== undefined ? 1 : yield* count(run, value('n') ?? value('L') ?? '5000', 'invalid number');
  const atOnce = Math.min(MOST_AT_ONCE, (yield* count(run, value('P') ?? '1', 'invalid number')) || MOST_AT_ONCE);
  const command = operands.length > 0 ? operands : ['echo'];
  const state: State = { code: 0, running: new Set() };
  const words = new Words(run, value('0') !== undefined ? '\0' : value('d'), replace !== undefined);
  let batch: string[] = [];
  let size = 0;
  let any = false;
  for (;;) {
    const word = yield* words.next();
    const full = batch.length >= most || (batch.length > 0 && size + (word?.length ?? 0) > LONGEST);
    if (full || (word === null && (batch.length > 0 || (!any && replace === undefined && value('r') === undefined)))) {
      const argv =
        replace === undefined
          ? [...command, ...batch]
          : command.map((part) => part.replaceAll(replace || '{}', () => batch[0] as string));
      any = true;
      if (value('t') !== undefined) yield* run.errorText(`${argv.join(' ')}\n`);
      while (state.running.size >= atOnce) yield* reap(run, state);
      yield* start(run, argv, state);
      batch = [];
      size = 0;
    }
    if (word === null) break;
    batch.push(word);
    size += word.length + 1;
  }
  while (state.running.size > 0) yield* reap(run, state);
  return state.code;
});

interface State {
  code: number;
  readonly running: Set<number>;
}

function* start(run: Running, argv: readonly string[], state: State): Calling<void> {
  const name = argv[0] as string;
  const environment = run.calls.environment();
  const path = findProgram(run.calls, name, environment.PATH);
  const input = yield* wait(run.calls.open(null, '/dev/null', O.RDONLY | O.CLOEXEC, 0));
  const moved = isFailed(input) ? [] : [[input, 0] as const];
  const pid = isFailed(path) ? path : yield* wait(run.calls.spawn({ ...AS_IT_IS, path, argv, environment, moved }));
  if (!isFailed(input)) run.calls.close(input);
  if (!isFailed(pid)) {
    state.running.add(pid);
    return;
  }
  yield* run.error(`${name}: ${reason(pid)}`);
  throw new Quit(pid.errno === 'ENOENT' ? 127 : 126);
}

function* reap(run: Running, state: State): Calling<void> {
  const ended = yield* wait(run.calls.wait(-1, { noHang: false, leave: false }));
  if (isFailed(ended) || ended === null) {
    state.running.clear();
    return;
  }
  if (!state.running.delete(ended.pid)) return;
  const signal = ended.status & 127;
  const code = (ended.status >> 8) & 255;
  if (signal !== 0) yield* run.fail(125, `child killed by signal ${signal}`);
  if (code === 255) yield* run.fail(124, 'command exited with status 255; aborting');
  if (code !== 0) state.code = 123;
}

/** Splits the input: at blanks, with quotes; or at one character; or, for -I, at newlines. */
class Words {
  private readonly run: Running;
  private readonly separator: string | undefined;
  private readonly lines: boolean;
  private readonly input: Input;
  private ready: string[] = [];
  private rest = '';
  private ended = false;

  constructor(run: Running, separator: string | undefined, lines: boolean) {
    this.run = run;
    this.separator = separator;
    this.lines = lines;
    this.input = new Input(run.calls, 0);
  }

  *next(): Calling<string | null> {
    for (;;) {
      const word = this.ready.shift();
      if (word !== undefined) return word;
      if (this.ended) return null;
      const line = yield* this.input.line();
      if (isFailed(line)) return yield* this.run.fail(1, reason(line));
      if (line === null) {
        this.ended = true;
        if (this.rest !== '') this.ready.push(this.rest);
      } else if (this.separator !== undefined) {
        const parts = (this.rest + decode(line) + (this.input.whole ? '\n' : '')).split(this.separator);
        this.rest = parts.pop() as string;
        this.ready = parts;
        if (this.rest.length > LONGEST) return yield* this.run.fail(1, 'argument line too long');
      } else if (this.lines) {
        const text = decode(line).trimStart();
        if (text !== '') this.ready.push(text);
      } else this.ready = yield* this.split(decode(line));
    }
  }

  private *split(line: string): Calling<string[]> {
    const words: string[] = [];
    for (const [whole] of line.matchAll(/(?:\\.|'[^']*'|"[^"]*"|[^\s'"\\])+|['"]/g)) {
      if (whole === "'" || whole === '"') {
        const kind = whole === "'" ? 'single' : 'double';
        return yield* this.run.fail(
          1,
          `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
        );
      }
      words.push(whole.replace(/\\(.)|'([^']*)'|"([^"]*)"/g, (_, a, b, c) => a ?? b ?? c));
    }
    return words;
  }
}
