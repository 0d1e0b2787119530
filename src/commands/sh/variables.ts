/** The shell's builtins for variables, parameters and options. */
import type { Calling } from '../types.ts';
import { number, say } from './say.ts';
import { Fatal, type Interpreter, inQuotes, type OptionLetter } from './shell.ts';
import { isName } from './tokens.ts';

// biome-ignore-start lint/correctness/useYield: builtins are generators, whether they wait or not.
export function* shift({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const count = argv[1] === undefined ? 1 : number(argv[1]);
  if (count > shell.parameters.length) throw new Fatal("can't shift that many");
  shell.parameters = shell.parameters.slice(count);
  return 0;
}

export function* unset({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const functions = argv[1] === '-f';
  for (const name of argv.slice(/^-[fv]$/.test(argv[1] ?? '') ? 2 : 1)) {
    if (!isName(name)) throw new Fatal(`${name}: bad variable name`);
    if (functions) shell.functions.delete(name);
    else shell.unset(name);
  }
  return 0;
}

export function* local({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const own = shell.locals.at(-1);
  if (!own) throw new Fatal('not in a function');
  for (const word of argv.slice(1)) {
    const [name = '', value] = word.split(/=(.*)/s);
    if (!isName(name)) throw new Fatal(`${name}: bad variable name`);
    const known = shell.variables.get(name);
    if (!own.has(name)) own.set(name, known ? { ...known } : null);
    if (value !== undefined) shell.set(name, value);
  }
  return 0;
}
// biome-ignore-end lint/correctness/useYield: as above.

/** `export` and `readonly`. */
export function* declare(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  const name = argv[0] as 'export' | 'readonly';
  const flag = name === 'export' ? 'exported' : 'fixed';
  const words = argv.slice(argv[1] === '-p' ? 2 : 1);
  if (words.length === 0) {
    const chosen = [...shell.variables].filter(([, variable]) => variable[flag]).sort();
    const lines = chosen.map(([one, { value }]) => `${name} ${one}${value === null ? '' : `=${inQuotes(value)}`}\n`);
    return yield* say(interpreter, lines.join(''));
  }
  for (const word of words) {
    const [one = '', value] = word.split(/=(.*)/s);
    if (!isName(one)) throw new Fatal(`${one}: bad variable name`);
    if (value !== undefined) shell.set(one, value);
    shell.declare(one)[flag] = true;
  }
  return 0;
}

export function* set(interpreter: Interpreter, argv: readonly string[]): Calling<number> {
  const { shell } = interpreter;
  const words = argv.slice(1);
  if (words.length === 0) {
    const known = [...shell.variables].filter(([, { value }]) => value !== null).sort();
    return yield* say(interpreter, known.map(([name, { value }]) => `${name}=${inQuotes(value ?? '')}\n`).join(''));
  }
  const names: Record<string, OptionLetter> = { errexit: 'e', nounset: 'u', xtrace: 'x', noglob: 'f' };
  while (words[0] !== undefined && /^[-+]./.test(words[0]) && words[0] !== '--') {
    const word = words.shift() as string;
    for (const letter of word.slice(1)) {
      const named = letter === 'o' ? (words.shift() ?? '') : '';
      const option = letter === 'o' ? names[named] : letter;
      if (option === undefined || !'euxf'.includes(option))
        throw new Fatal(`Illegal option -${letter}${letter === 'o' ? ` ${named}` : ''}`);
      if (word.startsWith('-')) shell.options.add(option as OptionLetter);
      else shell.options.delete(option as OptionLetter);
    }
  }
  if (words[0] === '--') shell.parameters = words.slice(1);
  else if (words.length > 0) shell.parameters = words;
  return 0;
}
