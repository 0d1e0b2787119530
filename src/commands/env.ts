/** `env` and `printenv`; and how one program starts another. */
import { isFailed } from '../kernel/errno.ts';
import { codeOf } from '../kernel/processes/signals.ts';
import { findProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { program, type Running, wait } from './program.ts';
import { quoted, reason } from './reasons.ts';
import type { Calling } from './types.ts';

export const env = program('env', 125, function* (run) {
  const given = yield* parseOptions(run, {
    letters: 'iu:0',
    long: { 'ignore-environment': 'i', unset: 'u', null: '0' },
    first: true,
  });
  const has = (letter: string) => given.options.some((option) => option.letter === letter);
  const words = [...given.operands];
  if (words[0] === '-') words.shift();
  const empty = has('i') || given.operands[0] === '-';
  const variables = new Map(empty ? [] : Object.entries(run.calls.environment()));
  for (const { letter, value } of given.options) if (letter === 'u') variables.delete(value);
  while (words[0]?.includes('=')) {
    const word = words.shift() as string;
    variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
  }
  if (words.length === 0) {
    for (const [name, value] of variables) yield* run.out(`${name}=${value}${has('0') ? '\0' : '\n'}`);
    return 0;
  }
  return yield* become(run, words, variables);
});

/** As execvp: but there is a child, whose end is passed on, if the kernel cannot replace a program. */
export function* become(
  run: Running,
  argv: readonly string[],
  variables: ReadonlyMap<string, string>,
): Calling<number> {
  const name = argv[0] as string;
  const found = findProgram(run.calls, name, variables.get('PATH'));
  if (isFailed(found)) {
    yield* run.error(`${quoted(name)}: ${reason(found)}`);
    return found.errno === 'ENOENT' ? 127 : 126;
  }
  yield* run.flush();
  const next = { path: found, argv, environment: Object.fromEntries(variables) };
  if (run.process.execute) {
    const answer = yield* wait(run.process.execute(next));
    yield* run.error(`${quoted(name)}: ${reason(answer)}`);
    return 126;
  }
  const pid = yield* wait(run.calls.spawn({ ...next, ...AS_IT_IS }));
  if (isFailed(pid)) {
    yield* run.error(`${quoted(name)}: ${reason(pid)}`);
    return 126;
  }
  const ended = yield* wait(run.calls.wait(pid, { noHang: false, leave: false }));
  if (ended === null || isFailed(ended)) return 1;
  return codeOf(ended.status);
}

/** A child that has what its parent has. */
export const AS_IT_IS = {
  folder: null,
  moved: [],
  inherited: 'all',
  newSession: false,
  group: -1,
  restoreSignals: false,
} as const;

export const printenv = program('printenv', 2, function* (run) {
  const { operands } = yield* parseOptions(run, { letters: '' });
  const variables = new Map(Object.entries(run.calls.environment()));
  if (operands.length === 0) {
    for (const [name, value] of variables) yield* run.out(`${name}=${value}\n`);
    return 0;
  }
  let code = 0;
  for (const name of operands) {
    const value = variables.get(name);
    if (value === undefined) code = 1;
    else yield* run.out(`${value}\n`);
  }
  return code;
});
