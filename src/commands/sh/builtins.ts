/** The shell's builtin commands. */
import { isFailed } from '../../kernel/errno.ts';
import { withoutEscapes } from '../escapes.ts';
import { findProgram } from '../find-program.ts';
import { killRequest } from '../kill.ts';
import { print } from '../printf.ts';
import { program, wait } from '../program.ts';
import { reason } from '../reasons.ts';
import { falsehood, pwd, truth } from '../small.ts';
import { DASH, evaluateTest } from '../test-command.ts';
import type { Calling, Command } from '../types.ts';
import { waitForJob } from './children.ts';
import { read } from './read.ts';
import { number, say } from './say.ts';
import { readFile } from './script-file.ts';
import { Fatal, type Interpreter, Leave, type Shell } from './shell.ts';
import { trap } from './trap.ts';
import { declare, local, set, shift, unset } from './variables.ts';

export type Builtin = (interpreter: Interpreter, argv: readonly string[]) => Calling<number>;

/** Errors in these end a shell; assignments before them stay. */
export const SPECIAL: ReadonlySet<string> = new Set(
  '. : break continue eval exec exit export local readonly return set shift trap unset'.split(' '),
);

function* complain(shell: Shell, name: string, text: string, status: number): Calling<number> {
  yield* shell.error(`${name}: ${text}`);
  return status;
}

/** A command as a builtin: the same code, in the shell's own process. */
function asBuiltin(command: Command): Builtin {
  return ({ shell }, argv) =>
    command({
      ...shell.process,
      calls: shell.calls,
      argv: [`${shell.name}: ${shell.line}: ${argv[0]}`, ...argv.slice(1)],
    });
}

/** dash's echo knows `-n` and escapes, and nothing else. */
const echo = program('echo', 1, function* (run) {
  const words = run.process.argv.slice(1);
  const newline = words[0] !== '-n';
  const { text, stopped } = withoutEscapes((newline ? words : words.slice(1)).join(' '), 'dash echo');
  yield* run.out(newline && !stopped ? `${text}\n` : text);
  return 0;
});

const printf = program('printf', 1, (run) =>
  print(run, 'dash printf', (text, expected) =>
    run.error(`${text}: ${expected ? 'expected numeric value' : 'not completely converted'}`),
  ),
);

function* test({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const answer = evaluateTest(shell.calls, argv, DASH);
  if (typeof answer === 'string') return yield* complain(shell, argv[0] as string, answer, 2);
  return answer ? 0 : 1;
}

function* cd({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const [given] = argv.slice(1).filter((word, i) => !(i === 0 && /^-[LP]$|^--$/.test(word)));
  const path = given === '-' ? shell.get('OLDPWD') : (given ?? shell.get('HOME'));
  if (path === null) return yield* complain(shell, 'cd', given === '-' ? 'OLDPWD not set' : 'HOME not set', 2);
  const before = shell.calls.currentFolder();
  const changed = shell.calls.changeFolder(path);
  if (isFailed(changed)) return yield* complain(shell, 'cd', `can't cd to ${path}`, 2);
  const now = shell.calls.currentFolder();
  if (!isFailed(before)) shell.set('OLDPWD', before);
  if (!isFailed(now)) shell.set('PWD', now);
  if (given === '-') return yield* pwd({ ...shell.process, calls: shell.calls, argv: ['pwd'] });
  return 0;
}

// biome-ignore lint/correctness/useYield: builtins are generators, whether they wait or not.
function* leave({ shell, loops }: Interpreter, argv: readonly string[]): Calling<number> {
  const name = argv[0] as 'exit' | 'return' | 'break' | 'continue';
  const value = argv[1] === undefined ? null : number(argv[1]);
  if (name === 'exit') throw new Leave('exit', (value ?? shell.status) & 255);
  if (name === 'return') throw new Leave('return', (value ?? shell.status) & 255);
  if (value === 0) throw new Fatal(`Illegal number: 0`);
  if (loops > 0) throw new Leave(name, Math.min(value ?? 1, loops));
  return 0;
}

function* evaluate(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  interpreter.shell.status = 0;
  return yield* interpreter.text(argv.slice(1).join(' '), interpreter.shell.line, false);
}

function* source(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  const [, path] = argv;
  if (path === undefined) return 0;
  const found = path.includes('/') ? path : findProgram(shell.calls, path, shell.get('PATH') ?? undefined);
  if (isFailed(found)) throw new Fatal(`${path}: not found`);
  const text = yield* readFile(shell.calls, found);
  if (isFailed(text))
    throw new Fatal(`cannot open ${path}: ${text.errno === 'ENOENT' ? 'No such file' : reason(text)}`);
  shell.status = 0;
  try {
    return yield* interpreter.text(text, 1, false);
  } catch (thrown) {
    if (thrown instanceof Leave && thrown.kind === 'return') return thrown.value;
    throw thrown;
  }
}

function* exec(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  if (argv.length === 1) return 0;
  const name = argv[1] as string;
  const found = findProgram(shell.calls, name, shell.get('PATH') ?? undefined);
  if (isFailed(found)) {
    const missing = found.errno === 'ENOENT' || found.errno === 'ENOTDIR';
    throw new Fatal(`${name}: ${missing ? 'not found' : reason(found)}`, missing ? 127 : 126);
  }
  // What takes the shell's place does not run its traps.
  shell.traps.clear();
  throw new Leave('exit', yield* interpreter.run(argv.slice(1), shell.environment(), true));
}

function* waitForJobs(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  const jobs = argv.slice(1);
  let status = 0;
  for (const word of jobs.length > 0 ? jobs : [...shell.background.keys()].map(String)) {
    status = yield* waitForJob(shell, number(word), jobs.length > 0);
    if (status < 0) return 128 + (yield* interpreter.trapped());
  }
  return jobs.length > 0 ? status : 0;
}

function* kill(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  const request = killRequest(argv.slice(1));
  if (request.kind === 'list') return yield* say(interpreter, request.text.replace(/ (?=\w)/g, '\n'));
  if (request.kind === 'wrong') return yield* complain(shell, 'kill', request.text, 2);
  if (request.targets.length === 0) {
    return yield* complain(
      shell,
      'kill',
      'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
      2,
    );
  }
  let status = 0;
  for (const target of request.targets) {
    if (target.startsWith('%')) return yield* complain(shell, 'kill', `No such job: ${target}`, 2);
    if (!/^-?\d{1,9}$/.test(target)) return yield* complain(shell, 'kill', `Illegal number: ${target}`, 2);
    const sent = yield* wait(shell.calls.kill(Number(target), request.signal));
    // The empty line is dash's.
    if (isFailed(sent)) status = yield* complain(shell, 'kill', `${reason(sent)}\n`, 1);
  }
  return status;
}

function* umask(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  const [, given] = argv;
  if (given === undefined) {
    const mask = shell.calls.setMask(0);
    shell.calls.setMask(mask);
    return yield* say(interpreter, `${mask.toString(8).padStart(4, '0')}\n`);
  }
  if (!/^[0-7]{1,4}$/.test(given)) return yield* complain(shell, 'umask', `Illegal number: ${given}`, 2);
  shell.calls.setMask(Number.parseInt(given, 8) & 0o777);
  return 0;
}

function* command(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  if (argv[1] === '-v' || argv[1] === '-V') return yield* describe(interpreter, argv.slice(2), argv[1] === '-v');
  const rest = argv.slice(argv[1] === '-p' || argv[1] === '--' ? 2 : 1);
  const [name] = rest;
  if (name === undefined) return 0;
  if (BUILTINS.has(name)) return yield* interpreter.builtin(rest, false);
  return yield* interpreter.run(rest, shell.environment(), false);
}

function* describe(interpreter: Interpreter, names: readonly string[], short: boolean): Calling<number> {
  const { shell } = interpreter;
  let status = 0;
  for (const name of names) {
    const found = findProgram(shell.calls, name, shell.get('PATH') ?? undefined);
    if (shell.functions.has(name)) yield* say(interpreter, short ? `${name}\n` : `${name} is a shell function\n`);
    else if (BUILTINS.has(name)) {
      const kind = SPECIAL.has(name) ? 'a special shell builtin' : 'a shell builtin';
      yield* say(interpreter, short ? `${name}\n` : `${name} is ${kind}\n`);
    } else if (!isFailed(found)) yield* say(interpreter, short ? `${found}\n` : `${name} is ${found}\n`);
    else {
      status = 127;
      if (!short) yield* say(interpreter, `${name}: not found\n`);
    }
  }
  return status;
}

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', asBuiltin(truth)],
  ['true', asBuiltin(truth)],
  ['false', asBuiltin(falsehood)],
  ['echo', asBuiltin(echo)],
  ['printf', asBuiltin(printf)],
  ['pwd', asBuiltin(pwd)],
  ['test', test],
  ['[', test],
  ['cd', cd],
  ['exit', leave],
  ['return', leave],
  ['break', leave],
  ['continue', leave],
  ['shift', shift],
  ['unset', unset],
  ['local', local],
  ['export', declare],
  ['readonly', declare],
  ['set', set],
  ['eval', evaluate],
  ['.', source],
  ['exec', exec],
  ['wait', waitForJobs],
  ['kill', kill],
  ['umask', umask],
  ['command', command],
  ['type', (interpreter, argv) => describe(interpreter, argv.slice(1), false)],
  ['read', read],
  ['trap', trap],
]);
