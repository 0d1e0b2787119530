/** `cp` and `mv`. */
import { isFailed } from '../kernel/errno.ts';
import { O, type Stat } from '../kernel/files/types.ts';
import { entriesOf, joinPath, tooDeep } from './folders.ts';
import { type Grammar, misuse, parseOptions } from './options.ts';
import { BLOCK, program, type Running, wait, writeAll } from './program.ts';
import { quoted, reason } from './reasons.ts';
import type { Calling } from './types.ts';

const DEEPEST = 200;

const GRAMMAR: Grammar = {
  letters: 'rRafvnpit:T',
  long: {
    recursive: 'r',
    archive: 'a',
    force: 'f',
    verbose: 'v',
    'no-clobber': 'n',
    'target-directory': 't',
    'no-target-directory': 'T',
  },
};

interface Move {
  readonly from: string;
  readonly to: string;
}

/** Who goes where, and the letters of the options. */
function* moves(run: Running): Calling<{ list: readonly Move[]; letters: string }> {
  const { options, operands } = yield* parseOptions(run, GRAMMAR);
  const letters = options.map(({ letter }) => letter).join('');
  const folder = options.findLast(({ letter }) => letter === 't')?.value;
  const [first] = operands;
  if (first === undefined) return yield* misuse(run, 'missing file operand');
  if (folder === undefined && operands.length === 1) {
    return yield* misuse(run, `missing destination file operand after ${quoted(first)}`);
  }
  const target = folder ?? (operands.at(-1) as string);
  const sources = folder === undefined ? operands.slice(0, -1) : operands;
  const stat = run.calls.stat(null, target, true);
  const isFolder = !isFailed(stat) && stat.kind === 'folder' && !letters.includes('T');
  if (!isFolder && (sources.length > 1 || folder !== undefined)) {
    const why = isFailed(stat) ? reason(stat) : 'Not a directory';
    return yield* run.fail(1, `target ${quoted(target)}: ${why}`);
  }
  const into = (from: string) =>
    joinPath(
      target,
      from
        .replace(/(?<=.)\/+$/, '')
        .split('/')
        .at(-1) as string,
    );
  return { list: sources.map((from) => ({ from, to: isFolder ? into(from) : target })), letters };
}

export const cp = program('cp', 1, function* (run) {
  const { list, letters } = yield* moves(run);
  const how = {
    recursive: /[rRa]/.test(letters),
    verbose: letters.includes('v'),
    keep: letters.includes('n'),
    times: /[ap]/.test(letters),
  };
  let code = 0;
  for (const { from, to } of list) if (!(yield* copy(run, from, to, how, 0))) code = 1;
  return code;
});

interface Copying {
  readonly recursive: boolean;
  readonly verbose: boolean;
  readonly keep: boolean;
  readonly times: boolean;
}

/** Whether all of it was copied. */
function* copy(run: Running, from: string, to: string, how: Copying, depth: number): Calling<boolean> {
  const refuse = function* (text: string): Calling<boolean> {
    yield* run.error(text);
    return false;
  };
  const stat = run.calls.stat(null, from, !how.recursive);
  if (isFailed(stat)) return yield* refuse(`cannot stat ${quoted(from)}: ${reason(stat)}`);
  if (stat.kind === 'folder' && !how.recursive) {
    return yield* refuse(`-r not specified; omitting directory ${quoted(from)}`);
  }
  const there = run.calls.stat(null, to, true);
  if (!isFailed(there)) {
    if (how.keep) return true;
    if (there.inode === stat.inode) return yield* refuse(`${quoted(from)} and ${quoted(to)} are the same file`);
    if (there.kind === 'folder' && stat.kind !== 'folder') {
      return yield* refuse(`cannot overwrite directory ${quoted(to)} with non-directory`);
    }
    if (there.kind !== 'folder' && stat.kind === 'folder') {
      return yield* refuse(`cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`);
    }
  }
  if (how.verbose) yield* run.out(`${quoted(from)} -> ${quoted(to)}\n`);
  if (stat.kind === 'folder') {
    if (depth > DEEPEST || tooDeep(to)) return yield* refuse(`cannot copy ${quoted(from)}: File name too long`);
    if (`${to}/`.startsWith(`${from.replace(/\/+$/, '')}/`)) {
      return yield* refuse(`cannot copy a directory, ${quoted(from)}, into itself, ${quoted(to)}`);
    }
    const entries = yield* entriesOf(run.calls, from);
    if (isFailed(entries)) return yield* refuse(`cannot access ${quoted(from)}: ${reason(entries)}`);
    const made = isFailed(there) ? run.calls.makeFolder(null, to, stat.mode) : 0;
    if (isFailed(made)) return yield* refuse(`cannot create directory ${quoted(to)}: ${reason(made)}`);
    let whole = true;
    for (const { name } of entries) {
      if (!(yield* copy(run, joinPath(from, name), joinPath(to, name), how, depth + 1))) whole = false;
    }
    return whole;
  }
  if (stat.kind === 'link') {
    const target = run.calls.readLink(null, from);
    const made = isFailed(target) ? target : run.calls.symlink(target, null, to);
    return isFailed(made) ? yield* refuse(`cannot create symbolic link ${quoted(to)}: ${reason(made)}`) : true;
  }
  const failure = yield* copyFile(run, from, to, stat, how.times);
  return failure === null ? true : yield* refuse(failure);
}

/** Why not, as a message. */
function* copyFile(run: Running, from: string, to: string, stat: Stat, times: boolean): Calling<string | null> {
  const { calls } = run;
  const source = yield* wait(calls.open(null, from, O.RDONLY | O.CLOEXEC, 0));
  if (isFailed(source)) return `cannot open ${quoted(from)} for reading: ${reason(source)}`;
  const target = yield* wait(calls.open(null, to, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, stat.mode));
  if (isFailed(target)) {
    calls.close(source);
    return `cannot create regular file ${quoted(to)}: ${reason(target)}`;
  }
  let failure: string | null = null;
  for (;;) {
    const bytes = yield* wait(calls.read(source, BLOCK, null));
    if (isFailed(bytes)) failure = `error reading ${quoted(from)}: ${reason(bytes)}`;
    if (isFailed(bytes) || bytes.length === 0) break;
    const unwritten = yield* writeAll(calls, target, bytes);
    if (!unwritten) continue;
    failure = `error writing ${quoted(to)}: ${reason(unwritten)}`;
    break;
  }
  calls.close(source);
  calls.close(target);
  if (times) calls.setTimes(null, to, stat.accessed, stat.modified);
  return failure;
}

export const mv = program('mv', 1, function* (run) {
  const { list, letters } = yield* moves(run);
  let code = 0;
  for (const { from, to } of list) {
    const stat = run.calls.stat(null, from, false);
    const there = run.calls.stat(null, to, false);
    if (!isFailed(there) && letters.includes('n')) continue;
    let why: string | null = null;
    if (isFailed(stat)) why = `cannot stat ${quoted(from)}: ${reason(stat)}`;
    else if (!isFailed(there) && there.inode === stat.inode)
      why = `${quoted(from)} and ${quoted(to)} are the same file`;
    else if (!isFailed(there) && there.kind === 'folder' && stat.kind !== 'folder') {
      why = `cannot overwrite directory ${quoted(to)} with non-directory`;
    } else if (!isFailed(there) && there.kind !== 'folder' && stat.kind === 'folder') {
      why = `cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`;
    } else {
      const moved = yield* wait(run.calls.rename(null, from, null, to));
      if (isFailed(moved)) {
        why =
          moved.errno === 'EINVAL'
            ? `cannot move ${quoted(from)} to a subdirectory of itself, ${quoted(to)}`
            : `cannot move ${quoted(from)} to ${quoted(to)}: ${reason(moved)}`;
      }
    }
    if (why !== null) {
      yield* run.error(why);
      code = 1;
    } else if (letters.includes('v')) yield* run.out(`renamed ${quoted(from)} -> ${quoted(to)}\n`);
  }
  return code;
});
