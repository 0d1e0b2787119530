/** Starts what runs beside a shell: programs, and the pieces of a script that need a process of their own. */
import { type Failed, isFailed } from '../../kernel/errno.ts';
import type { Pid } from '../../kernel/types.ts';
import { AS_IT_IS } from '../env.ts';
import { findProgram } from '../find-program.ts';
import { Input } from '../input.ts';
import { joined, wait, writeAll } from '../program.ts';
import { reason } from '../reasons.ts';
import { decode, encode } from '../text.ts';
import type { Calling } from '../types.ts';
import { type Command, type Piece, pieceText, type Simple, type Word } from './ast.ts';
import { BUILTINS } from './builtins.ts';
import { waitForAll } from './children.ts';
import { Expander } from './expand.ts';
import { Parser } from './parser.ts';
import { BadRedirect, type Connections, highPipe, Redirections } from './redirect.ts';
import { Fatal, type Shell } from './shell.ts';
import { encodeState, STATE } from './subshell.ts';
import { LONGEST_WORD } from './words.ts';

export class Starter {
  readonly shell: Shell;
  readonly expander: Expander;

  constructor(shell: Shell) {
    this.shell = shell;
    this.expander = new Expander(shell, (script, line) => this.substitute(script, line));
  }

  /** `$(…)`: what it prints, without the newlines at its end. */
  private *substitute(script: string, line: number): Calling<string> {
    const { shell } = this;
    const pipe = highPipe(shell);
    if (isFailed(pipe)) throw new Fatal('Pipe call failed');
    const [from, to] = pipe;
    const list = script.trim() === '' ? null : new Parser(script, line).next();
    const [item] = list ?? [];
    const alone = list?.length === 1 && item?.rest.length === 0 && !item.background && !item.first.negated;
    const [only] = alone && item.first.commands.length === 1 ? item.first.commands : [];
    // One program and nothing after it: no shell is needed for that.
    const whole = { script: { text: script, documents: [] }, start: 0, end: script.length, line };
    const simple = only && only.piece.end === script.trimEnd().length ? only.command : null;
    const pid = yield* this.start(simple, whole, [[to, 1]]);
    shell.calls.close(to);
    const input = new Input(shell.calls, from);
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const bytes = yield* input.block();
      if (isFailed(bytes) && bytes.errno === 'EINTR') continue;
      if (isFailed(bytes) || bytes.length === 0) break;
      size += bytes.length;
      if (size > LONGEST_WORD) throw new Fatal('command substitution: more than 1 MiB');
      pieces.push(bytes);
    }
    shell.calls.close(from);
    shell.substituted = yield* waitForAll(shell, [pid]);
    return decode(joined(pieces)).replaceAll('\0', '').replace(/\n+$/, '');
  }

  /** A process for a piece: the program itself if it is no more than one, else a shell. */
  protected *start(command: Command | null, piece: Piece, connections: Connections): Calling<Pid> {
    const { shell } = this;
    if (command?.kind === 'simple' && isPlain(command)) {
      const pid = yield* this.direct(command, connections);
      if (pid !== null) return pid;
    }
    const redirections = new Redirections(shell, this.expander);
    let text = piece;
    try {
      const inner = command?.kind === 'subshell' ? command : null;
      yield* redirections.apply(connections, inner?.redirects ?? []);
      if (inner) text = inner.piece;
    } catch (thrown) {
      if (!(thrown instanceof BadRedirect)) throw thrown;
      // The shell that is started says so.
    }
    const state = encodeState(shell, { text: pieceText(text), line: text.line });
    const environment = { ...shell.environment(), [STATE]: state };
    // A forked shell would be called as this one is.
    const pid = yield* wait(shell.calls.spawn({ ...AS_IT_IS, path: '/bin/sh', argv: shell.process.argv, environment }));
    redirections.undo();
    if (isFailed(pid)) throw new Fatal(`Cannot fork${pid.errno === 'E2BIG' ? `: ${reason(pid)}` : ''}`);
    return pid;
  }

  /** Null: it is no program that can be started, and a shell of its own shall say so. */
  private *direct(command: Simple, connections: Connections): Calling<Pid | null> {
    const { shell } = this;
    const redirections = new Redirections(shell, this.expander);
    try {
      const argv = yield* this.expander.arguments(command.words);
      const [name = ''] = argv;
      if (shell.functions.has(name) || BUILTINS.has(name)) return null;
      const path = findProgram(shell.calls, name, shell.get('PATH') ?? undefined);
      if (isFailed(path)) return null;
      const environment = yield* this.environment(command);
      yield* redirections.apply(connections, command.redirects);
      if (shell.options.has('x')) yield* this.show(argv);
      const pid = yield* wait(shell.calls.spawn({ ...AS_IT_IS, path, argv, environment }));
      return isFailed(pid) ? null : pid;
    } catch (thrown) {
      if (thrown instanceof Fatal || thrown instanceof BadRedirect) return null;
      throw thrown;
    } finally {
      redirections.undo();
    }
  }

  protected *environment(command: Simple): Calling<Record<string, string>> {
    const more = new Map<string, string>();
    for (const { name, value } of command.assignments) more.set(name, yield* this.expander.text(value));
    return this.shell.environment(more);
  }

  *run(argv: readonly string[], environment: Readonly<Record<string, string>>, last: boolean): Calling<number> {
    const { shell } = this;
    const name = argv[0] as string;
    const path = findProgram(shell.calls, name, environment.PATH ?? shell.get('PATH') ?? undefined);
    if (isFailed(path)) return yield* this.refused(name, path);
    const program = { path, argv, environment };
    if (last && shell.process.execute && ![...shell.traps.values()].some((action) => action !== '')) {
      const answer = yield* wait(shell.process.execute(program));
      if (answer.errno !== 'ENOEXEC') return yield* this.refused(name, answer);
    }
    let pid = yield* wait(shell.calls.spawn({ ...AS_IT_IS, ...program }));
    // A script that names no interpreter is one of this shell's own.
    if (isFailed(pid) && pid.errno === 'ENOEXEC') {
      pid = yield* wait(
        shell.calls.spawn({ ...AS_IT_IS, path: '/bin/sh', argv: ['sh', path, ...argv.slice(1)], environment }),
      );
    }
    if (isFailed(pid)) {
      if (pid.errno === 'EAGAIN' || pid.errno === 'ENOMEM') throw new Fatal('Cannot fork');
      return yield* this.refused(name, pid);
    }
    return yield* waitForAll(shell, [pid]);
  }

  private *refused(name: string, why: Failed): Calling<number> {
    const missing = why.errno === 'ENOENT' || why.errno === 'ENOTDIR';
    yield* this.shell.error(`${name}: ${missing ? 'not found' : reason(why)}`);
    return missing ? 127 : 126;
  }

  /** `set -x`. */
  protected *show(words: readonly string[]): Calling<void> {
    yield* writeAll(this.shell.calls, 2, encode(`${this.shell.get('PS4') ?? '+ '}${words.join(' ')}\n`));
  }
}

/** Whether a command's words can be expanded by the shell itself with nothing done that a subshell should do. */
function isPlain(command: Simple): boolean {
  const plain = (word: Word): boolean =>
    word.every((part) => {
      if (part.kind === 'text') return true;
      return part.kind === 'parameter' && !['=', '?'].includes(part.operator) && plain(part.word);
    });
  const words = [
    ...command.words,
    ...command.assignments.map(({ value }) => value),
    ...command.redirects.map(({ target }) => target),
  ];
  return command.words.length > 0 && words.every(plain);
}
