/** What the shell's parser makes of a script: plain data. */

/** A stretch of a script that can be run again by another shell: see `pieceText`. */
export interface Piece {
  readonly script: Script;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** A script's text, and where its here-documents are. */
export interface Script {
  readonly text: string;
  readonly documents: readonly DocumentPlace[];
}

/** `operator`: where the `<<` stands; [start, end): the lines of the document with that which ends it. */
export interface DocumentPlace {
  readonly operator: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The piece's text, with the here-documents that begin in it and are written below it: a shell with `-c` of this does
 * what the piece does.
 */
export function pieceText({ script, start, end }: Piece): string {
  const below = script.documents.filter((one) => one.operator >= start && one.operator < end && one.start >= end);
  const text = script.text.slice(start, end);
  return below.length === 0 ? text : `${text}\n${below.map((one) => script.text.slice(one.start, one.end)).join('')}`;
}

export type Operator = '' | '-' | '=' | '?' | '+' | '%' | '%%' | '#' | '##' | 'length';

/** `quoted`: the result is neither split into words nor a pattern. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly operator: Operator;
      /** `:-` and its like: an empty value counts as none. */
      readonly colon: boolean;
      readonly word: Word;
      readonly quoted: boolean;
    }
  | { readonly kind: 'command'; readonly script: string; readonly line: number; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly word: Word; readonly quoted: boolean }
  /** What only shows to be wrong when it is used: `${x!}`. */
  | { readonly kind: 'bad'; readonly quoted: boolean };

export type Word = readonly Part[];

export type RedirectOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<<';

export interface Redirect {
  readonly operator: RedirectOperator;
  /** Null: what the operator is for. */
  readonly fd: number | null;
  /** A file, a descriptor, or the here-document itself. */
  readonly target: Word;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface Simple {
  readonly kind: 'simple';
  readonly line: number;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

interface Compound {
  readonly line: number;
  readonly redirects: readonly Redirect[];
}

export type Command =
  | Simple
  | (Compound & { readonly kind: 'group'; readonly body: List })
  /** `piece` is what stands between the parentheses. */
  | (Compound & { readonly kind: 'subshell'; readonly piece: Piece })
  | (Compound & {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: List; readonly body: List }[];
      readonly otherwise: List | null;
    })
  | (Compound & { readonly kind: 'loop'; readonly until: boolean; readonly test: List; readonly body: List })
  /** `words` null: the positional parameters. */
  | (Compound & {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[] | null;
      readonly body: List;
    })
  | (Compound & {
      readonly kind: 'case';
      readonly subject: Word;
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: List }[];
    })
  /** `piece` is the whole definition. */
  | (Compound & { readonly kind: 'function'; readonly name: string; readonly body: Command; readonly piece: Piece });

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly { readonly command: Command; readonly piece: Piece }[];
}

/** Pipelines between `&&` and `||`, which bind alike, from the left. */
export interface AndOr {
  readonly first: Pipeline;
  readonly rest: readonly { readonly when: '&&' | '||'; readonly pipeline: Pipeline }[];
  readonly background: boolean;
  readonly piece: Piece;
}

export type List = readonly AndOr[];
