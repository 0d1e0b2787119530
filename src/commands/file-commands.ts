/** `mkdir`, `rmdir`, `rm`, `touch` and `ln`. */
import { isFailed } from '../kernel/errno.ts';
import { O } from '../kernel/files/types.ts';
import { entriesOf, joinPath, tooDeep } from './folders.ts';
import { misuse, parseOptions } from './options.ts';
import { program, type Running, wait } from './program.ts';
import { quoted, reason } from './reasons.ts';
import type { Calling } from './types.ts';

/** A path that goes deeper than this is not removed: the walk is recursive. */
const DEEPEST = 200;

export const mkdir = program('mkdir', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'pvm:',
    long: { parents: 'p', verbose: 'v', mode: 'm' },
  });
  if (operands.length === 0) yield* misuse(run, 'missing operand');
  const has = (letter: string) => options.some((option) => option.letter === letter);
  const given = options.findLast(({ letter }) => letter === 'm')?.value;
  if (given !== undefined && !/^[0-7]{1,4}$/.test(given)) yield* run.fail(1, `invalid mode ${quoted(given)}`);
  const mode = given === undefined ? 0o777 : Number.parseInt(given, 8);
  let code = 0;
  for (const path of operands) {
    const parts = path.split('/');
    const steps = has('p')
      ? parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((step) => step !== '')
      : [path];
    for (const step of steps) {
      const made = run.calls.makeFolder(null, step, step === path ? mode : 0o777);
      if (!isFailed(made)) {
        if (has('v')) yield* run.out(`${run.name}: created directory ${quoted(step)}\n`);
        continue;
      }
      const there = has('p') ? run.calls.stat(null, step, true) : made;
      if (!isFailed(there) && there.kind === 'folder') continue;
      yield* run.error(`cannot create directory ${quoted(step)}: ${reason(made)}`);
      code = 1;
      break;
    }
  }
  return code;
});

export const rmdir = program('rmdir', 1, function* (run) {
  const { operands } = yield* parseOptions(run, { letters: '' });
  if (operands.length === 0) yield* misuse(run, 'missing operand');
  let code = 0;
  for (const path of operands) {
    const removed = yield* wait(run.calls.remove(null, path, true));
    if (!isFailed(removed)) continue;
    yield* run.error(`failed to remove ${quoted(path)}: ${reason(removed)}`);
    code = 1;
  }
  return code;
});

export const rm = program('rm', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'rRfdvi',
    long: { recursive: 'r', force: 'f', dir: 'd', verbose: 'v' },
  });
  const has = (letter: string) => options.some((option) => option.letter.toLowerCase() === letter);
  if (operands.length === 0 && !has('f')) yield* misuse(run, 'missing operand');
  const how = { recursive: has('r'), force: has('f'), folders: has('d'), verbose: has('v') };
  let code = 0;
  for (const path of operands) {
    const last = path.replace(/\/+$/, '').split('/').at(-1);
    if (how.recursive && (last === '.' || last === '..')) {
      yield* run.error(`refusing to remove '.' or '..' directory: skipping ${quoted(path)}`);
      code = 1;
    } else if (!(yield* removeAll(run, path, how, 0))) code = 1;
  }
  return code;
});

interface Removal {
  readonly recursive: boolean;
  readonly force: boolean;
  readonly folders: boolean;
  readonly verbose: boolean;
}

/** Whether it is gone. */
export function* removeAll(run: Running, path: string, how: Removal, depth: number): Calling<boolean> {
  const stat = run.calls.stat(null, path, false);
  if (isFailed(stat)) {
    if (how.force && (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR')) return true;
    yield* run.error(`cannot remove ${quoted(path)}: ${reason(stat)}`);
    return false;
  }
  const isFolder = stat.kind === 'folder';
  if (isFolder && !how.recursive && !how.folders) {
    yield* run.error(`cannot remove ${quoted(path)}: Is a directory`);
    return false;
  }
  if (isFolder && how.recursive) {
    const deep = depth > DEEPEST || tooDeep(path);
    const entries = deep ? { errno: 'ENAMETOOLONG' as const } : yield* entriesOf(run.calls, path);
    if (isFailed(entries)) {
      yield* run.error(`cannot remove ${quoted(path)}: ${reason(entries)}`);
      return false;
    }
    let empty = true;
    for (const { name } of entries) if (!(yield* removeAll(run, joinPath(path, name), how, depth + 1))) empty = false;
    if (!empty) return false;
  }
  const removed = yield* wait(run.calls.remove(null, path, isFolder));
  if (isFailed(removed)) {
    yield* run.error(`cannot remove ${quoted(path)}: ${reason(removed)}`);
    return false;
  }
  if (how.verbose) yield* run.out(`removed ${isFolder ? 'directory ' : ''}${quoted(path)}\n`);
  return true;
}

export const touch = program('touch', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'acmd:',
    long: { 'no-create': 'c', date: 'd' },
  });
  if (operands.length === 0) yield* misuse(run, 'missing file operand');
  const letters = options.map(({ letter }) => letter);
  const given = options.findLast(({ letter }) => letter === 'd')?.value;
  if (given !== undefined && !/^@-?\d{1,12}$/.test(given)) yield* run.fail(1, `invalid date format ${quoted(given)}`);
  const time = given === undefined ? run.process.epoch + run.calls.clock() : Number(given.slice(1));
  const accessed = letters.includes('m') && !letters.includes('a') ? null : time;
  const modified = letters.includes('a') && !letters.includes('m') ? null : time;
  let code = 0;
  for (const path of operands) {
    let answer = yield* wait(run.calls.setTimes(null, path, accessed, modified));
    if (isFailed(answer) && answer.errno === 'ENOENT') {
      if (letters.includes('c')) continue;
      const fd = yield* wait(run.calls.open(null, path, O.WRONLY | O.CREAT | O.CLOEXEC, 0o666));
      answer = isFailed(fd) ? fd : run.calls.close(fd);
      if (!isFailed(answer) && given !== undefined)
        answer = yield* wait(run.calls.setTimes(null, path, accessed, modified));
    }
    if (!isFailed(answer)) continue;
    yield* run.error(`cannot touch ${quoted(path)}: ${reason(answer)}`);
    code = 1;
  }
  return code;
});

export const ln = program('ln', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, { letters: 'sf', long: { symbolic: 's', force: 'f' } });
  const [from, to] = operands;
  if (from === undefined) return yield* misuse(run, 'missing file operand');
  if (operands.length > 2) return yield* misuse(run, `extra operand ${quoted(operands[2] as string)}`);
  const has = (letter: string) => options.some((option) => option.letter === letter);
  const last = from.replace(/\/+$/, '').split('/').at(-1) as string;
  const stat = to === undefined ? null : run.calls.stat(null, to, true);
  const path = to === undefined ? last : stat && !isFailed(stat) && stat.kind === 'folder' ? joinPath(to, last) : to;
  if (has('f')) run.calls.remove(null, path, false);
  const made = has('s') ? run.calls.symlink(from, null, path) : run.calls.link(null, from, null, path);
  if (!isFailed(made)) return 0;
  const what = has('s') ? `symbolic link ${quoted(path)}` : `hard link ${quoted(path)} => ${quoted(from)}`;
  const isMissing = !has('s') && isFailed(run.calls.stat(null, from, false));
  return yield* run.fail(
    1,
    isMissing ? `failed to access ${quoted(from)}: ${reason(made)}` : `failed to create ${what}: ${reason(made)}`,
  );
});
