/** Field splitting: collects the words that one word becomes. */
import { literalPattern } from './pattern.ts';
import { Fatal } from './shell.ts';
import { LONGEST_WORD } from './words.ts';

/** Arguments of one command. */
export const MOST_FIELDS = 100_000;

export interface Field {
  text: string;
  /** The same with what is quoted made literal. */
  pattern: string;
}

/** Collects fields. `splits`: unquoted results are split. */
export class Fields {
  readonly done: Field[] = [];
  private readonly splits: boolean;
  private readonly blanks: string;
  private readonly separators: string;
  private current: Field | null = null;
  /** A blank has ended the last field: a separator that follows belongs to it. */
  private afterBlank = false;
  private size = 0;

  constructor(splits: boolean, separators: string) {
    this.splits = splits;
    this.separators = separators;
    this.blanks = [...separators].filter((one) => ' \t\n'.includes(one)).join('');
  }

  quoted(text: string): void {
    this.add(text, literalPattern(text));
  }

  literal(text: string): void {
    this.add(text, text);
  }

  /** The result of an unquoted expansion. */
  result(text: string): void {
    if (!this.splits) {
      if (text !== '') this.literal(text);
      return;
    }
    let begin = 0;
    for (let i = 0; i <= text.length; i++) {
      const character = text[i];
      if (character !== undefined && !this.separators.includes(character)) continue;
      // Backslashes in a result are no quotes.
      if (i > begin) this.add(text.slice(begin, i), text.slice(begin, i).replaceAll('\\', '\\\\'));
      begin = i + 1;
      if (character === undefined) return;
      const blank = this.blanks.includes(character);
      if (this.current) {
        this.cut();
        this.afterBlank = blank;
      } else if (!blank) {
        if (this.afterBlank) this.afterBlank = false;
        else {
          this.add('', '');
          this.cut();
        }
      }
    }
  }

  /** Ends a field, if one has begun. */
  cut(): void {
    if (!this.current) return;
    this.done.push(this.current);
    this.current = null;
    if (this.done.length > MOST_FIELDS) throw new Fatal('Arg list too long');
  }

  private add(text: string, pattern: string): void {
    this.size += text.length + 1;
    if (this.size > LONGEST_WORD * 4) throw new Fatal('Word too long');
    this.current ??= { text: '', pattern: '' };
    this.current.text += text;
    this.current.pattern += pattern;
    this.afterBlank = false;
  }
}
