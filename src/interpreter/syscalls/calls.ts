/** How a system call from C is answered: with a number, or, if it must wait, with what it waits for. */
import { type Failed, failed, isFailed } from '../../kernel/errno.ts';
import type { FileCalls } from '../../kernel/files/types.ts';
import { type Answered, isLater, type Later } from '../../kernel/later.ts';
import { numberOf } from './errno-numbers.ts';
import { Fault, type Memory } from './memory.ts';

/** A call that must wait: for what, and how the answer that comes is written to memory and turned into C's. */
export interface Waiting {
  readonly later: Later<unknown>;
  /** `answer`: a value, or Failed. It may have to wait once more. */
  finish(answer: unknown): number | Waiting;
}

type Arguments = (number | bigint)[];

/** As the WebAssembly calls it: i32 are signed numbers, i64 bigints. Never throws on what C passes. */
export type Handler = { call(...args: Arguments): number | Waiting }['call'];

/** What a handler is made of: the same, with failures by their names. */
export type Call = { call(...args: Arguments): number | Failed | Pending }['call'];

export interface Pending {
  readonly later: Later<unknown>;
  finish(answer: never): number | Failed;
}

export type Calls = Readonly<Record<string, Call>>;

/** What all handlers are given. */
export interface Machine {
  readonly memory: Memory;
  /** Of the process that runs. */
  files(): FileCalls;
  /** Seconds since 1970. */
  now(): number;
}

/** The kernel's answer, and what `finish` makes of it for C: at once, or when it has come. */
export function answer<T>(answered: Answered<T>, finish: (value: T) => number | Failed): number | Failed | Pending {
  if (isLater(answered)) return { later: answered as Later<unknown>, finish };
  return isFailed(answered) ? answered : finish(answered as T);
}

/** Answers with errors as numbers, negative ones or positive ones. */
export function handler(call: Call, sign: 1 | -1): Handler {
  return (...args) => {
    const result = unlessFault(() => call(...args));
    if (typeof result === 'number') return result;
    if (isFailed(result)) return sign * numberOf(result.errno);
    return {
      later: result.later,
      finish: (value) => {
        const last = isFailed(value) ? value : unlessFault(() => result.finish(value as never));
        return isFailed(last) ? sign * numberOf(last.errno) : last;
      },
    };
  };
}

function unlessFault<T>(call: () => T): T | Failed {
  try {
    return call();
  } catch (error) {
    if (error instanceof Fault) return failed('EFAULT');
    throw error;
  }
}

/** AT_FDCWD. */
const WORKING_FOLDER = -100;

/** Where a path begins, in the kernel's words. */
export function folderOf(fd: number): number | null {
  return fd === WORKING_FOLDER ? null : fd;
}
