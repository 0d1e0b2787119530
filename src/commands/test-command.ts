/** `test` and `[`: the command and the shell's builtin. */
import { isFailed } from '../kernel/errno.ts';
import type { Stat } from '../kernel/files/types.ts';
import { program } from './program.ts';
import { quoted } from './reasons.ts';
import type { CommandProcess } from './types.ts';

/** The words of the complaints: coreutils' and dash's differ. */
export interface TestWords {
  readonly number: (text: string) => string;
  readonly missingBracket: string;
  /** The last word that was understood, and the first that was not. */
  readonly unexpected: (last: string, next: string) => string;
  readonly missing: (after: string) => string;
}

const COREUTILS: TestWords = {
  number: (text) => `invalid integer ${quoted(text)}`,
  missingBracket: "missing ']'",
  unexpected: (_last, next) => `extra argument ${quoted(next)}`,
  missing: (after) => `missing argument after ${quoted(after)}`,
};

export const DASH: TestWords = {
  number: (text) => `Illegal number: ${text}`,
  missingBracket: 'missing ]',
  unexpected: (last) => `${last}: unexpected operator`,
  missing: (after) => `${after}: argument expected`,
};

class BadTest extends Error {}

/** Deeper parentheses are refused. */
const DEEPEST = 100;

/** `argv[0]` is `test` or `[`. Answers the truth, or a complaint. */
export function evaluateTest(
  calls: CommandProcess['calls'],
  argv: readonly string[],
  words: TestWords,
): boolean | string {
  const list = argv.slice(1);
  if (argv[0]?.split('/').at(-1) === '[') {
    if (list.at(-1) !== ']') return words.missingBracket;
    list.pop();
  }
  try {
    return new Evaluation(calls, list, words).whole();
  } catch (thrown) {
    if (thrown instanceof BadTest) return thrown.message;
    throw thrown;
  }
}

export const test = program('test', 2, function* (run) {
  const answer = evaluateTest(run.calls, run.process.argv, COREUTILS);
  if (typeof answer === 'string') return yield* run.fail(2, answer);
  return answer ? 0 : 1;
});

const BINARY = ['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'];

class Evaluation {
  private readonly calls: CommandProcess['calls'];
  private readonly list: readonly string[];
  private readonly words: TestWords;
  private at = 0;
  private depth = 0;

  constructor(calls: CommandProcess['calls'], list: readonly string[], words: TestWords) {
    this.calls = calls;
    this.list = list;
    this.words = words;
  }

  whole(): boolean {
    const { list } = this;
    // POSIX: up to four words mean what their number says.
    if (list.length === 0) return false;
    if (list.length === 1) return list[0] !== '';
    if (list.length === 2 && list[0] === '!') return list[1] === '';
    if (list.length === 4 && list[0] === '!' && BINARY.includes(list[2] as string)) {
      return !this.binary(list[1] as string, list[2] as string, list[3] as string);
    }
    if (list.length === 3 && BINARY.includes(list[1] as string)) {
      return this.binary(list[0] as string, list[1] as string, list[2] as string);
    }
    const answer = this.or();
    if (this.at < list.length)
      throw new BadTest(this.words.unexpected(list[this.at - 1] as string, list[this.at] as string));
    return answer;
  }

  private or(): boolean {
    if (++this.depth > DEEPEST) throw new BadTest(this.words.unexpected('(', '('));
    let answer = this.and();
    while (this.take('-o')) answer = this.and() || answer;
    this.depth--;
    return answer;
  }

  private and(): boolean {
    let answer = this.not();
    while (this.take('-a')) answer = this.not() && answer;
    return answer;
  }

  private not(): boolean {
    let negated = false;
    while (this.list.length - this.at > 1 && this.take('!')) negated = !negated;
    return this.primary() !== negated;
  }

  private primary(): boolean {
    const first = this.list[this.at++];
    if (first === undefined) throw new BadTest(this.words.missing(this.list.at(-1) ?? ''));
    const operator = this.list[this.at];
    if (operator !== undefined && BINARY.includes(operator) && this.at + 1 >= this.list.length) {
      throw new BadTest(this.words.missing(operator));
    }
    if (operator !== undefined && BINARY.includes(operator)) {
      this.at += 2;
      return this.binary(first, operator, this.list[this.at - 1] as string);
    }
    if (first === '(') {
      const answer = this.or();
      if (!this.take(')')) throw new BadTest(this.words.missing(this.list.at(-1) ?? ''));
      return answer;
    }
    if (/^-[a-zA-Z]$/.test(first) && operator !== undefined) {
      this.at++;
      return this.unary(first, operator);
    }
    return first !== '';
  }

  private take(word: string): boolean {
    if (this.list[this.at] !== word) return false;
    this.at++;
    return true;
  }

  private unary(operator: string, operand: string): boolean {
    if (operator === '-n') return operand !== '';
    if (operator === '-z') return operand === '';
    if (operator === '-t') return this.calls.isTerminal(Number(this.integer(operand))) === true;
    const bits = { '-r': 4, '-w': 2, '-x': 1 }[operator];
    if (bits !== undefined) return !isFailed(this.calls.access(null, operand, bits));
    const link = operator === '-L' || operator === '-h';
    const stat = this.calls.stat(null, operand, !link);
    const kinds: Record<string, (stat: Stat) => boolean> = {
      '-e': () => true,
      '-f': ({ kind }) => kind === 'file',
      '-d': ({ kind }) => kind === 'folder',
      '-L': ({ kind }) => kind === 'link',
      '-h': ({ kind }) => kind === 'link',
      '-p': ({ kind }) => kind === 'fifo',
      '-S': ({ kind }) => kind === 'socket',
      '-c': ({ kind }) => kind === 'device',
      '-b': () => false,
      '-s': ({ size }) => size > 0,
      '-u': ({ mode }) => (mode & 0o4000) !== 0,
      '-g': ({ mode }) => (mode & 0o2000) !== 0,
      '-k': ({ mode }) => (mode & 0o1000) !== 0,
      '-O': () => true,
      '-G': () => true,
    };
    const holds = Object.hasOwn(kinds, operator) ? kinds[operator] : undefined;
    if (!holds) throw new BadTest(this.words.unexpected(operator, operator));
    return !isFailed(stat) && holds(stat);
  }

  private binary(a: string, operator: string, b: string): boolean {
    if (operator === '=' || operator === '==') return a === b;
    if (operator === '!=') return a !== b;
    if (operator === '<') return a < b;
    if (operator === '>') return a > b;
    if (operator === '-nt' || operator === '-ot' || operator === '-ef') return this.files(a, operator, b);
    const x = this.integer(a);
    const y = this.integer(b);
    if (operator === '-eq') return x === y;
    if (operator === '-ne') return x !== y;
    if (operator === '-lt') return x < y;
    if (operator === '-le') return x <= y;
    return operator === '-gt' ? x > y : x >= y;
  }

  private files(a: string, operator: string, b: string): boolean {
    const x = this.calls.stat(null, a, true);
    const y = this.calls.stat(null, b, true);
    if (operator === '-ef') return !isFailed(x) && !isFailed(y) && x.inode === y.inode;
    const first = isFailed(x) ? null : x.modified;
    const second = isFailed(y) ? null : y.modified;
    const [newer, older] = operator === '-nt' ? [first, second] : [second, first];
    return newer !== null && (older === null || newer > older);
  }

  private integer(text: string): bigint {
    if (!/^\s*[-+]?\d{1,100}\s*$/.test(text)) throw new BadTest(this.words.number(text));
    const value = BigInt(text.trim().replace(/^\+/, ''));
    if (value !== BigInt.asIntN(64, value)) throw new BadTest(this.words.number(text));
    return value;
  }
}
