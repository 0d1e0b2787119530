/** `cat` and `tee`. */
import { isFailed } from '../kernel/errno.ts';
import { type Fd, O } from '../kernel/files/types.ts';
import { closeInput, Input, openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { program, type Running, wait, writeAll } from './program.ts';
import { maybeQuoted, reason } from './reasons.ts';
import type { Calling } from './types.ts';

interface Marks {
  readonly numbers: 'all' | 'filled' | null;
  readonly ends: boolean;
  readonly squeeze: boolean;
  /** Tabs as ^I; what cannot be printed as ^X and M-x. */
  readonly tabs: boolean;
  readonly hidden: boolean;
}

export const cat = program('cat', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'nbEsuAvTet',
    long: {
      number: 'n',
      'number-nonblank': 'b',
      'show-ends': 'E',
      'squeeze-blank': 's',
      'show-all': 'A',
      'show-tabs': 'T',
      'show-nonprinting': 'v',
    },
  });
  const has = (letter: string) => options.some((option) => option.letter === letter);
  const marks: Marks = {
    numbers: has('b') ? 'filled' : has('n') ? 'all' : null,
    ends: has('E') || has('A') || has('e'),
    squeeze: has('s'),
    tabs: has('T') || has('A') || has('t'),
    hidden: has('v') || has('A') || has('e') || has('t'),
  };
  const plain = marks.numbers === null && !marks.ends && !marks.squeeze && !marks.tabs && !marks.hidden;
  const state = { line: 0, empty: false };
  let code = 0;
  for (const path of operands.length > 0 ? operands : ['-']) {
    const input = yield* openInput(run, path);
    if (isFailed(input)) {
      yield* run.error(`${maybeQuoted(path)}: ${reason(input)}`);
      code = 1;
      continue;
    }
    const failure = plain ? yield* copy(run, input) : yield* mark(run, input, marks, state);
    if (failure) {
      yield* run.error(`${maybeQuoted(path)}: ${reason(failure)}`);
      code = 1;
    }
    closeInput(run, input);
  }
  return code;
});

/** What is there is passed on at once: the reader may be waiting for it. */
function* copy(run: Running, input: Input) {
  for (;;) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) return bytes;
    if (bytes.length === 0) return null;
    yield* run.out(bytes);
    yield* run.flush();
  }
}

function* mark(run: Running, input: Input, marks: Marks, state: { line: number; empty: boolean }) {
  for (;;) {
    const line = yield* input.line();
    if (isFailed(line)) return line;
    if (line === null) return null;
    const empty = line.length === 0 && input.whole;
    if (marks.squeeze && empty && state.empty) continue;
    state.empty = empty;
    if (marks.numbers === 'all' || (marks.numbers === 'filled' && !empty)) {
      state.line++;
      yield* run.out(`${String(state.line).padStart(6)}\t`);
    }
    yield* run.out(marks.tabs || marks.hidden ? shown(line, marks) : line);
    if (input.whole) yield* run.out(marks.ends ? '$\n' : '\n');
  }
}

function shown(line: Uint8Array, { tabs, hidden }: Marks): string {
  return Array.from(line, (byte) => {
    if (byte === 9) return tabs ? '^I' : '\t';
    if (!hidden) return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
    const low = byte & 127;
    const visible = low === 127 ? '^?' : low < 32 ? `^${String.fromCharCode(low + 64)}` : String.fromCharCode(low);
    return byte >= 128 ? `M-${visible}` : visible;
  }).join('');
}

export const tee = program('tee', 1, function* (run): Calling<number> {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'ai',
    long: { append: 'a', 'ignore-interrupts': 'i' },
  });
  const end = options.some(({ letter }) => letter === 'a') ? O.APPEND : O.TRUNC;
  if (options.some(({ letter }) => letter === 'i')) run.calls.setDisposition(2, 'ignore');
  const copies: { path: string; fd: Fd }[] = [];
  let code = 0;
  for (const path of operands) {
    const fd = yield* wait(run.calls.open(null, path, O.WRONLY | O.CREAT | O.CLOEXEC | end, 0o666));
    if (isFailed(fd)) {
      yield* run.error(`${maybeQuoted(path)}: ${reason(fd)}`);
      code = 1;
    } else copies.push({ path, fd });
  }
  const input = new Input(run.calls, 0);
  for (;;) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) return yield* run.fail(1, `read error: ${reason(bytes)}`);
    if (bytes.length === 0) return code;
    yield* run.out(bytes);
    yield* run.flush();
    for (const copy of [...copies]) {
      const failure = yield* writeAll(run.calls, copy.fd, bytes);
      if (!failure) continue;
      yield* run.error(`${maybeQuoted(copy.path)}: ${reason(failure)}`);
      copies.splice(copies.indexOf(copy), 1);
      code = 1;
    }
  }
});
