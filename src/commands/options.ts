/** Command line options, as GNU's getopt_long takes them: anywhere before `--`, joined, abbreviated, `--name=value`. */

import { Quit, type Running } from './program.ts';
import { quoted } from './reasons.ts';
import type { Calling } from './types.ts';

export interface Option {
  /** The letter, or a long option's letter. */
  readonly letter: string;
  readonly value: string;
}

export interface Arguments {
  readonly options: readonly Option[];
  readonly operands: readonly string[];
}

export interface Grammar {
  /** Letters; one with a colon takes a value. */
  readonly letters: string;
  /** Long names and the letter that each stands for. */
  readonly long?: Readonly<Record<string, string>>;
  /** Options end at the first operand. */
  readonly first?: boolean;
  /** `-20` is the option with this letter and the value 20. */
  readonly digits?: string;
  /** `-1` is an operand. */
  readonly numbers?: boolean;
  /** A line between a complaint and the hint at `--help`. */
  readonly usage?: string;
}

export function* parseOptions(run: Running, grammar: Grammar): Calling<Arguments> {
  const usage = grammar.usage && `${grammar.usage}\n`;
  const options: Option[] = [];
  const operands: string[] = [];
  const words = run.process.argv.slice(1);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--') {
      operands.push(...words.slice(i + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-') || (grammar.numbers && /^-[\d.]/.test(word))) {
      operands.push(word);
      if (!grammar.first) continue;
      operands.push(...words.slice(i + 1));
      break;
    }
    if (grammar.digits && /^-\d+$/.test(word)) {
      options.push({ letter: grammar.digits, value: word.slice(1) });
      continue;
    }
    if (word.startsWith('--')) {
      const letter = yield* long(run, grammar, word);
      const equals = word.indexOf('=');
      if (!takesValue(grammar, letter)) {
        if (equals >= 0) yield* misuse(run, `option '${word.slice(0, equals)}' doesn't allow an argument`, usage);
        options.push({ letter, value: '' });
      } else if (equals >= 0) options.push({ letter, value: word.slice(equals + 1) });
      else if (i + 1 < words.length) options.push({ letter, value: words[++i] as string });
      else yield* misuse(run, `option '${word}' requires an argument`, usage);
      continue;
    }
    for (let k = 1; k < word.length; k++) {
      const letter = word[k] as string;
      if (letter === ':' || !grammar.letters.includes(letter))
        yield* misuse(run, `invalid option -- '${letter}'`, usage);
      if (!takesValue(grammar, letter)) {
        options.push({ letter, value: '' });
        continue;
      }
      if (k + 1 < word.length) options.push({ letter, value: word.slice(k + 1) });
      else if (i + 1 < words.length) options.push({ letter, value: words[++i] as string });
      else yield* misuse(run, `option requires an argument -- '${letter}'`, usage);
      break;
    }
  }
  return { options, operands };
}

/** A wrong use of the command: says so, and ends. */
export function* misuse(run: Running, text: string, usage = ''): Calling<never> {
  yield* run.errorText(`${run.name}: ${text}\n${usage}Try '${run.name} --help' for more information.\n`);
  throw new Quit(run.misused);
}

/** A count that an option or operand gives, with coreutils' complaint about anything else. */
export function* count(run: Running, text: string, what: string): Calling<number> {
  const match = /^\+?(\d+)([kKMG]?)$/.exec(text);
  if (!match) return yield* run.fail(run.misused, `${what}: ${quoted(text)}`);
  const scale = { k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[match[2] as string] ?? 1;
  return Math.min(Number(match[1]) * scale, Number.MAX_SAFE_INTEGER);
}

function takesValue(grammar: Grammar, letter: string): boolean {
  const at = grammar.letters.indexOf(letter);
  return at >= 0 && grammar.letters[at + 1] === ':';
}

function* long(run: Running, grammar: Grammar, word: string): Calling<string> {
  const name = word.slice(2).split('=', 1)[0] as string;
  const known = Object.entries(grammar.long ?? {});
  const exact = known.find(([other]) => other === name);
  if (exact) return exact[1];
  const begun = known.filter(([other]) => other.startsWith(name));
  if (begun.length === 1) return (begun[0] as [string, string])[1];
  if (begun.length === 0) return yield* misuse(run, `unrecognized option '${word}'`);
  const choices = begun.map(([other]) => `'--${other}'`).join(' ');
  return yield* misuse(run, `option '--${name}' is ambiguous; possibilities: ${choices}`);
}
