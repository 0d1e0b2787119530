/** From words to arguments: parameters, commands, arithmetic, field splitting, file names, quote removal. */
import type { Calling } from '../types.ts';
import { BadArithmetic, evaluate } from './arithmetic.ts';
import type { Part, Word } from './ast.ts';
import { type Field, Fields, MOST_FIELDS } from './fields.ts';
import { glob } from './glob.ts';
import { isPattern, trimmed } from './pattern.ts';
import { Fatal, type Shell } from './shell.ts';

/** Runs `$(…)` and answers what it printed. */
export type Substitute = (script: string, line: number) => Calling<string>;

type Parameter = Part & { readonly kind: 'parameter' };

export class Expander {
  private readonly shell: Shell;
  private readonly substitute: Substitute;

  constructor(shell: Shell, substitute: Substitute) {
    this.shell = shell;
    this.substitute = substitute;
  }

  /** The arguments that words become. */
  *arguments(words: readonly Word[]): Calling<string[]> {
    const list: string[] = [];
    for (const word of words) {
      for (const { text, pattern } of yield* this.fields(word, true)) {
        const names = !this.shell.options.has('f') && isPattern(pattern) ? yield* glob(this.shell.calls, pattern) : [];
        if (names.length > 0) list.push(...names);
        else list.push(text);
      }
      if (list.length > MOST_FIELDS) throw new Fatal('Arg list too long');
    }
    return list;
  }

  /** One text: neither split nor a pattern. */
  *text(word: Word): Calling<string> {
    const fields = yield* this.fields(word, false);
    return fields.map(({ text }) => text).join(' ');
  }

  /** One pattern: quoted parts stand for themselves. */
  *pattern(word: Word): Calling<string> {
    const fields = yield* this.fields(word, false);
    return fields.map(({ pattern }) => pattern).join(' ');
  }

  private *fields(word: Word, splits: boolean): Calling<Field[]> {
    const fields = new Fields(splits, this.shell.get('IFS') ?? ' \t\n');
    yield* this.parts(fields, word, false);
    fields.cut();
    return fields.done;
  }

  /** `inside`: the word of a `${x-word}`, whose bare text is a result. */
  private *parts(fields: Fields, word: Word, inside: boolean): Calling<void> {
    for (const [i, part] of word.entries()) {
      switch (part.kind) {
        case 'text':
          if (part.quoted) fields.quoted(part.text);
          else {
            const text = i === 0 ? this.tilde(part.text, word.length === 1) : part.text;
            if (inside) fields.result(text);
            else fields.literal(text);
          }
          break;
        case 'parameter':
          yield* this.parameter(fields, part);
          break;
        case 'command':
          this.give(fields, part, yield* this.substitute(part.script, part.line));
          break;
        case 'arithmetic':
          this.give(fields, part, String(this.calculate(yield* this.text(part.word))));
          break;
        case 'bad':
          throw new Fatal('Bad substitution');
      }
    }
  }

  private give(fields: Fields, { quoted }: { readonly quoted: boolean }, text: string): void {
    if (quoted) fields.quoted(text);
    else fields.result(text);
  }

  private tilde(text: string, whole: boolean): string {
    if (!text.startsWith('~') || (text !== '~' && text[1] !== '/')) return text;
    if (text === '~' && !whole) return text;
    return (this.shell.get('HOME') ?? '~') + text.slice(1);
  }

  private *parameter(fields: Fields, part: Parameter): Calling<void> {
    const { shell } = this;
    const { name, operator, colon, word, quoted } = part;
    const value = this.value(name);
    const missing = value === null || (colon && value === '');
    switch (operator) {
      case '-':
        if (missing) return yield* this.alternative(fields, part);
        break;
      case '+':
        if (missing) {
          if (quoted) fields.quoted('');
          return;
        }
        return yield* this.alternative(fields, part);
      case '=': {
        if (!missing) break;
        if (!/^[A-Za-z_]/.test(name)) throw new Fatal(`${name}: bad variable name`);
        const text = yield* this.text(word);
        shell.set(name, text);
        this.give(fields, part, text);
        return;
      }
      case '?':
        if (missing) {
          const text = yield* this.text(word);
          throw new Fatal(`${name}: ${text || `parameter not set${colon ? ' or null' : ''}`}`);
        }
        break;
      case 'length':
        this.required(name, value);
        this.give(
          fields,
          part,
          String(name === '@' || name === '*' ? shell.parameters.length : [...(value ?? '')].length),
        );
        return;
      case '%':
      case '%%':
      case '#':
      case '##': {
        this.required(name, value);
        const pattern = yield* this.pattern(word);
        this.give(
          fields,
          part,
          trimmed(value ?? '', pattern, operator.startsWith('#') ? 'begin' : 'end', operator.length === 2),
        );
        return;
      }
      default:
        this.required(name, value);
    }
    if (name === '@' || (name === '*' && !quoted)) {
      for (const [i, parameter] of shell.parameters.entries()) {
        if (i > 0) fields.cut();
        this.give(fields, part, parameter);
      }
      return;
    }
    this.give(fields, part, value ?? '');
  }

  private *alternative(fields: Fields, { word, quoted }: Parameter): Calling<void> {
    if (word.length === 0 && quoted) fields.quoted('');
    yield* this.parts(fields, word, true);
  }

  private required(name: string, value: string | null): void {
    if (value === null && this.shell.options.has('u') && name !== '@' && name !== '*') {
      throw new Fatal(`${name}: parameter not set`);
    }
  }

  /** Null: not set. */
  private value(name: string): string | null {
    const { shell } = this;
    switch (name) {
      case '?':
        return String(shell.status);
      case '$':
        return String(shell.pid);
      case '#':
        return String(shell.parameters.length);
      case '!':
        return shell.lastBackground === null ? null : String(shell.lastBackground);
      case '-':
        return [...shell.options].join('');
      case '0':
        return shell.name;
      case '@':
      case '*': {
        const separator = name === '*' ? (shell.get('IFS') ?? ' ').slice(0, 1) : ' ';
        return shell.parameters.length === 0 ? null : shell.parameters.join(separator);
      }
      default:
        return /^\d/.test(name) ? (shell.parameters[Number(name) - 1] ?? null) : shell.get(name);
    }
  }

  private calculate(text: string): bigint {
    const { shell } = this;
    try {
      return evaluate(text, {
        get: (name) => {
          const value = shell.get(name);
          this.required(name, value);
          return value ?? '';
        },
        set: (name, value) => shell.set(name, value),
      });
    } catch (thrown) {
      if (thrown instanceof BadArithmetic) throw new Fatal(thrown.message);
      throw thrown;
    }
  }
}
