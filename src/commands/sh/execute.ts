/** Runs what the parser has made. */
import { isFailed } from '../../kernel/errno.ts';
import { O } from '../../kernel/files/types.ts';
import type { Pid } from '../../kernel/types.ts';
import { wait } from '../program.ts';
import type { Calling } from '../types.ts';
import { type AndOr, type Command, type List, type Pipeline, pieceText, type Simple } from './ast.ts';
import { BUILTINS, type Builtin, SPECIAL } from './builtins.ts';
import { startedInBackground, waitForAll } from './children.ts';
import { Parser } from './parser.ts';
import { matches } from './pattern.ts';
import { BadRedirect, highPipe, Redirections } from './redirect.ts';
import { Fatal, type Interpreter, Leave, type Shell } from './shell.ts';
import { Starter } from './starter.ts';
import { ShellSyntaxError } from './words.ts';

/** Functions, `eval` and `.` inside each other. */
const DEEPEST = 100;

export class Executor extends Starter implements Interpreter {
  loops = 0;
  /** Whether a failure is only an answer: in `if`, before `&&`. */
  private asked = 0;
  private depth = 0;

  /** `last`: nothing follows, so that its last program may take the shell's place. */
  *text(text: string, line: number, last: boolean): Calling<number> {
    if (this.depth >= DEEPEST) throw new Fatal('Maximum function recursion depth (100) reached');
    this.depth++;
    const parser = new Parser(text, line);
    try {
      for (let list = parser.next(); list !== null; list = parser.next()) {
        yield* this.list(list, last && /^\s*$/.test(text.slice(parser.position)));
      }
      return this.shell.status;
    } finally {
      this.depth--;
    }
  }

  *list(list: List, last = false): Calling<number> {
    for (const [i, item] of list.entries()) {
      if (item.background) yield* this.background(item);
      else yield* this.andOr(item, last && i === list.length - 1);
    }
    return this.shell.status;
  }

  private *andOr({ first, rest }: AndOr, last: boolean): Calling<void> {
    const pipelines = [{ when: null, pipeline: first }, ...rest];
    for (const [i, { when, pipeline }] of pipelines.entries()) {
      if (when !== null && (this.shell.status === 0) !== (when === '&&')) continue;
      const final = i === pipelines.length - 1;
      if (!final) this.asked++;
      yield* this.pipeline(pipeline, last && final);
      if (!final) this.asked--;
    }
  }

  private *pipeline(pipeline: Pipeline, last: boolean): Calling<void> {
    const { shell } = this;
    const [only] = pipeline.commands;
    if (pipeline.negated) this.asked++;
    if (only && pipeline.commands.length === 1) {
      shell.status = yield* this.command(only.command, last && !pipeline.negated);
    } else shell.status = yield* this.connected(pipeline);
    if (pipeline.negated) {
      this.asked--;
      shell.status = shell.status === 0 ? 1 : 0;
    } else if (shell.status !== 0 && this.asked === 0 && shell.options.has('e')) throw new Leave('exit', shell.status);
    yield* this.trapped();
  }

  private *connected({ commands }: Pipeline): Calling<number> {
    const { calls } = this.shell;
    const pids: Pid[] = [];
    let input: number | null = null;
    for (const [i, { command, piece }] of commands.entries()) {
      const pipe = i < commands.length - 1 ? highPipe(this.shell) : null;
      if (isFailed(pipe)) throw new Fatal('Pipe call failed');
      const connections: [number, number][] = [];
      if (input !== null) connections.push([input, 0]);
      if (pipe) connections.push([pipe[1], 1]);
      pids.push(yield* this.start(command, piece, connections));
      if (input !== null) calls.close(input);
      if (pipe) calls.close(pipe[1]);
      input = pipe ? pipe[0] : null;
    }
    return yield* waitForAll(this.shell, pids);
  }

  private *background({ first, rest, piece }: AndOr): Calling<void> {
    const { shell } = this;
    const [only] = first.commands;
    const single = only && rest.length === 0 && first.commands.length === 1 && !first.negated ? only.command : null;
    const nothing = yield* wait(shell.calls.open(null, '/dev/null', O.RDONLY | O.CLOEXEC, 0));
    const pid = yield* this.start(single, piece, isFailed(nothing) ? [] : [[nothing, 0]]);
    if (!isFailed(nothing)) shell.calls.close(nothing);
    startedInBackground(shell, pid);
    shell.status = 0;
  }

  private *command(command: Command, last: boolean): Calling<number> {
    const { shell } = this;
    shell.line = command.line;
    if (command.kind === 'simple') return yield* this.simple(command, last);
    if (command.kind === 'function') {
      if (BUILTINS.has(command.name) && SPECIAL.has(command.name))
        throw new Fatal(`${command.name}: is a special builtin`);
      shell.functions.set(command.name, { body: command.body, source: pieceText(command.piece) });
      return 0;
    }
    const redirections = new Redirections(shell, this.expander);
    try {
      yield* redirections.apply([], command.redirects);
      if (command.kind !== 'subshell') return yield* this.compound(command);
      return yield* waitForAll(shell, [yield* this.start(null, command.piece, [])]);
    } catch (thrown) {
      return yield* this.refusing(redirections, thrown, false);
    } finally {
      redirections.undo();
    }
  }

  /** A redirection that cannot be made is an exit status; in a special builtin, an end. Anything else goes on up. */
  private *refusing(redirections: Redirections, thrown: unknown, special: boolean): Calling<number> {
    const { shell } = this;
    if (thrown instanceof Fatal && !thrown.told) {
      thrown.told = true;
      yield* shell.error(thrown.message);
    }
    if (!(thrown instanceof BadRedirect)) throw thrown;
    redirections.undo();
    if (special) throw new Fatal(thrown.message);
    yield* shell.error(thrown.message);
    return 2;
  }

  private *compound(command: Exclude<Command, { kind: 'simple' | 'function' | 'subshell' }>): Calling<number> {
    const { shell } = this;
    switch (command.kind) {
      case 'group':
        return yield* this.list(command.body);
      case 'if':
        for (const { test, body } of command.branches) if (yield* this.holds(test)) return yield* this.list(body);
        return command.otherwise ? yield* this.list(command.otherwise) : 0;
      case 'loop': {
        let status = 0;
        yield* this.looping(function* (this: Executor) {
          if ((yield* this.holds(command.test)) === command.until) return false;
          status = 0;
          status = yield* this.list(command.body);
          return true;
        });
        return status;
      }
      case 'for': {
        const words = command.words ? yield* this.expander.arguments(command.words) : [...shell.parameters];
        let at = 0;
        shell.status = 0;
        yield* this.looping(function* (this: Executor) {
          if (at >= words.length) return false;
          shell.set(command.name, words[at++] as string);
          yield* this.list(command.body);
          return true;
        });
        return shell.status;
      }
      case 'case': {
        const subject = yield* this.expander.text(command.subject);
        for (const { patterns, body } of command.branches) {
          for (const pattern of patterns) {
            if (!matches(yield* this.expander.pattern(pattern), subject)) continue;
            shell.status = 0;
            return yield* this.list(body);
          }
        }
        return 0;
      }
    }
  }

  private *holds(test: List): Calling<boolean> {
    this.asked++;
    const status = yield* this.list(test);
    this.asked--;
    return status === 0;
  }

  /** Rounds until one says no, `break` and `continue` heard. */
  private *looping(round: (this: Executor) => Calling<boolean>): Calling<void> {
    const asked = this.asked;
    this.loops++;
    try {
      for (;;) {
        yield* this.turn();
        try {
          if (!(yield* round.call(this))) return;
        } catch (thrown) {
          if (!(thrown instanceof Leave) || (thrown.kind !== 'break' && thrown.kind !== 'continue')) throw thrown;
          this.asked = asked;
          if (thrown.value > 1 && this.loops > 1) throw new Leave(thrown.kind, thrown.value - 1);
          this.shell.status = 0;
          if (thrown.kind === 'break') return;
        }
      }
    } finally {
      this.loops--;
    }
  }

  /** Lets others run: a loop of builtins makes no other call that could. */
  private *turn(): Calling<void> {
    yield null;
  }

  private *simple(command: Simple, last: boolean): Calling<number> {
    const { shell } = this;
    shell.substituted = null;
    const argv = yield* this.expander.arguments(command.words);
    shell.line = command.line;
    const [name] = argv;
    const redirections = new Redirections(shell, this.expander);
    let kept = false;
    try {
      yield* redirections.apply([], command.redirects);
      if (name === undefined) {
        yield* this.assign(command);
        return shell.substituted ?? 0;
      }
      const known = shell.functions.get(name);
      if (!known && !BUILTINS.has(name)) return yield* this.external(command, argv, last);
      const restore = yield* this.temporarily(command, SPECIAL.has(name));
      if (shell.options.has('x'))
        yield* this.show([...command.assignments.map(({ name: one }) => `${one}=${shell.get(one)}`), ...argv]);
      try {
        if (known && !SPECIAL.has(name)) return yield* this.call(known.body, argv);
        yield* this.turn();
        const status = yield* this.builtin(argv, SPECIAL.has(name));
        kept = name === 'exec';
        return status;
      } finally {
        restore();
      }
    } catch (thrown) {
      return yield* this.refusing(redirections, thrown, name !== undefined && SPECIAL.has(name));
    } finally {
      if (kept) redirections.keep();
      else redirections.undo();
    }
  }

  *builtin(argv: readonly string[], special: boolean): Calling<number> {
    const { shell } = this;
    const name = argv[0] as string;
    try {
      return yield* (BUILTINS.get(name) as Builtin)(this, argv);
    } catch (thrown) {
      const error = thrown instanceof ShellSyntaxError ? asFatal(shell, thrown) : thrown;
      if (!(error instanceof Fatal) || error.told) throw error;
      if (special) throw new Fatal(`${name}: ${error.message}`, error.status);
      yield* shell.error(`${name}: ${error.message}`);
      return error.status;
    }
  }

  private *assign(command: Simple): Calling<void> {
    for (const { name, value } of command.assignments) {
      const text = yield* this.expander.text(value);
      this.shell.set(name, text);
      if (this.shell.options.has('x')) yield* this.show([`${name}=${text}`]);
    }
  }

  /** Assignments before a builtin or function hold while it runs; before a special builtin they stay. */
  private *temporarily(command: Simple, stay: boolean): Calling<() => void> {
    const { shell } = this;
    const before = new Map(command.assignments.map(({ name }) => [name, shell.variables.get(name)]));
    const saved = [...before].map(([name, known]) => [name, known ? { ...known } : null] as const);
    for (const { name, value } of command.assignments) {
      shell.set(name, yield* this.expander.text(value));
      if (!stay) shell.declare(name).exported = true;
    }
    return () => {
      if (!stay) for (const [name, known] of saved) shell.restore(name, known);
    };
  }

  private *call(body: Command, argv: readonly string[]): Calling<number> {
    const { shell } = this;
    if (this.depth >= DEEPEST) throw new Fatal('Maximum function recursion depth (100) reached');
    this.depth++;
    const { parameters } = shell;
    const { asked, loops } = this;
    shell.parameters = argv.slice(1);
    this.loops = 0;
    shell.locals.push(new Map());
    try {
      yield* this.turn();
      return yield* this.command(body, false);
    } catch (thrown) {
      if (!(thrown instanceof Leave) || thrown.kind !== 'return') throw thrown;
      this.asked = asked;
      return thrown.value;
    } finally {
      for (const [name, before] of shell.locals.pop() ?? []) shell.restore(name, before);
      shell.parameters = parameters;
      this.loops = loops;
      this.depth--;
    }
  }

  private *external(command: Simple, argv: readonly string[], last: boolean): Calling<number> {
    const environment = yield* this.environment(command);
    if (this.shell.options.has('x')) yield* this.show(argv);
    return yield* this.run(argv, environment, last);
  }

  *trapped(): Calling<number> {
    const { shell } = this;
    let last = 0;
    if (!shell.process.caught) return last;
    for (let signal = shell.process.caught(); signal !== null; signal = shell.process.caught()) {
      last = signal;
      const action = shell.traps.get(signal);
      if (!action) continue;
      const { status } = shell;
      yield* this.text(action, shell.line, false);
      shell.status = status;
    }
    return last;
  }
}

function asFatal(shell: Shell, { line, message }: ShellSyntaxError): Fatal {
  shell.line = line;
  return new Fatal(`Syntax error: ${message}`);
}
