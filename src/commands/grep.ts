/** `grep`. */
import { isFailed } from '../kernel/errno.ts';
import { type Finder, finder } from './finder.ts';
import { entriesOf, joinPath, tooDeep } from './folders.ts';
import { closeInput, type Input, openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { program, type Running } from './program.ts';
import { maybeQuoted, reason } from './reasons.ts';
import { decode } from './text.ts';
import type { Calling } from './types.ts';

const LONG = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'basic-regexp': 'G',
  'ignore-case': 'i',
  'invert-match': 'v',
  count: 'c',
  'line-number': 'n',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  quiet: 'q',
  silent: 'q',
  'no-messages': 's',
  'only-matching': 'o',
  'word-regexp': 'w',
  'line-regexp': 'x',
  recursive: 'r',
  'no-filename': 'h',
  'with-filename': 'H',
  regexp: 'e',
  file: 'f',
  'max-count': 'm',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  color: '~',
  colour: '~',
  text: 'a',
  'line-buffered': 'u',
};

const USAGE = '[OPTION]... PATTERNS [FILE]...';

export const grep = program('grep', 2, function* (run) {
  const given = yield* parseOptions(run, {
    letters: 'EFGivcnlLqsowxrRhHe:f:m:A:B:C:au~',
    long: LONG,
    usage: `Usage: ${run.name} ${USAGE}`,
  });
  const has = (letter: string) => given.options.some((option) => option.letter === letter);
  const last = (letters: string) => given.options.findLast(({ letter }) => letters.includes(letter));
  const operands = [...given.operands];
  const patterns: string[] = [];
  for (const { letter, value } of given.options) {
    if (letter === 'e') patterns.push(...value.split('\n'));
    if (letter === 'f') patterns.push(...(yield* patternsOf(run, value)));
  }
  if (!has('e') && !has('f')) {
    const pattern = operands.shift();
    if (pattern === undefined) {
      yield* run.errorText(`Usage: ${run.name} ${USAGE}\nTry '${run.name} --help' for more information.\n`);
      return 2;
    }
    patterns.push(...pattern.split('\n'));
  }
  const number = function* (letters: string) {
    const option = last(letters);
    if (!option) return null;
    if (/^\d{1,9}$/.test(option.value)) return Number(option.value);
    const what = option.letter === 'm' ? 'invalid max count' : `${option.value}: invalid context length argument`;
    return yield* run.fail(2, what);
  };
  const recursive = has('r') || has('R');
  const paths = operands.length > 0 ? operands : [recursive ? '.' : '-'];
  const search: Search = {
    find: yield* finder(run, patterns, {
      fixed: last('EFG')?.letter === 'F',
      extended: last('EFG')?.letter === 'E',
      ignoreCase: has('i'),
      words: has('w'),
      lines: has('x'),
    }),
    inverted: has('v'),
    most: (yield* number('m')) ?? Number.POSITIVE_INFINITY,
    before: (yield* number('BC')) ?? 0,
    after: (yield* number('AC')) ?? 0,
    shows: has('q') ? 'nothing' : has('l') ? 'with' : has('L') ? 'without' : has('c') ? 'count' : 'lines',
    numbers: has('n'),
    only: has('o'),
    text: has('a'),
    flush: has('u'),
    names: last('hH') ? last('hH')?.letter === 'H' : recursive || paths.length > 1,
  };
  let found = false;
  let trouble = false;
  const complain = function* (text: string): Calling<void> {
    trouble = true;
    if (!has('s')) yield* run.error(text);
  };
  const open = [...paths].reverse();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const stat = path === '-' ? run.calls.statOpen(0) : run.calls.stat(null, path, true);
    if (!isFailed(stat) && stat.kind === 'folder') {
      if (!recursive) yield* complain(`${path}: Is a directory`);
      else {
        const entries = tooDeep(path) ? { errno: 'ENAMETOOLONG' as const } : yield* entriesOf(run.calls, path);
        if (isFailed(entries)) yield* complain(`${maybeQuoted(path)}: ${reason(entries)}`);
        else {
          const inside = entries.filter(({ kind }) => kind === 'file' || kind === 'folder');
          open.push(
            ...inside
              .map(({ name }) => (path === '.' && operands.length === 0 ? name : joinPath(path, name)))
              .reverse(),
          );
        }
      }
      continue;
    }
    const input = yield* openInput(run, path);
    if (isFailed(input)) {
      yield* complain(`${path}: ${reason(input)}`);
      continue;
    }
    const result = yield* searchFile(run, input, path === '-' ? '(standard input)' : path, search);
    if (isFailed(result)) yield* complain(`${path}: ${reason(result)}`);
    else found ||= result;
    closeInput(run, input);
    if (found && search.shows === 'nothing') return 0;
  }
  return trouble ? 2 : found ? 0 : 1;
});

interface Search {
  readonly find: Finder;
  readonly inverted: boolean;
  readonly most: number;
  readonly before: number;
  readonly after: number;
  readonly shows: 'nothing' | 'with' | 'without' | 'count' | 'lines';
  readonly numbers: boolean;
  readonly only: boolean;
  readonly text: boolean;
  readonly flush: boolean;
  readonly names: boolean;
}

/** Whether something was found (with -L: was not). */
function* searchFile(run: Running, input: Input, name: string, search: Search) {
  const context: { number: number; line: string }[] = [];
  let hits = 0;
  let after = 0;
  let shownLast = 0;
  const show = function* (line: string, number: number, mark: ':' | '-') {
    const where = `${search.names ? `${name}${mark}` : ''}${search.numbers ? `${number}${mark}` : ''}`;
    shownLast = number;
    yield* run.out(`${where}${line}\n`);
    if (search.flush) yield* run.flush();
  };
  for (let number = 1; hits < search.most || after > 0; number++) {
    const bytes = yield* input.line();
    if (isFailed(bytes)) return bytes;
    if (bytes === null) break;
    const line = decode(bytes);
    const first = search.find(line, 0);
    const hit = hits < search.most && (first !== null) !== search.inverted;
    if (hit) hits++;
    if (hit && (search.shows === 'nothing' || search.shows === 'with' || search.shows === 'without')) break;
    if (search.shows !== 'lines') continue;
    if (hit && !search.text && bytes.includes(0)) {
      yield* run.error(`${name}: binary file matches`);
      return true;
    }
    if (!hit) {
      if (after > 0) {
        after--;
        if (!search.only) yield* show(line, number, '-');
      } else if (search.before > 0) {
        context.push({ number, line });
        if (context.length > search.before) context.shift();
      }
      continue;
    }
    const begin = context[0]?.number ?? number;
    const separated = search.before + search.after > 0 && shownLast > 0 && begin > shownLast + 1;
    if (separated && !search.only) yield* run.out('--\n');
    for (const kept of context.splice(0)) if (!search.only) yield* show(kept.line, kept.number, '-');
    after = search.after;
    if (!search.only) yield* show(line, number, ':');
    else if (!search.inverted) {
      for (let match = first; match !== null; ) {
        if (match.end > match.start) yield* show(line.slice(match.start, match.end), number, ':');
        const next = Math.max(match.end, match.start + 1);
        match = next > line.length ? null : search.find(line, next);
      }
    }
  }
  if (search.shows === 'count') yield* run.out(`${search.names ? `${name}:` : ''}${hits}\n`);
  if (search.shows === 'with' && hits > 0) yield* run.out(`${name}\n`);
  if (search.shows === 'without' && hits === 0) yield* run.out(`${name}\n`);
  return search.shows === 'without' ? hits === 0 : hits > 0;
}

function* patternsOf(run: Running, path: string): Calling<string[]> {
  const input = yield* openInput(run, path);
  if (isFailed(input)) return yield* run.fail(2, `${path}: ${reason(input)}`);
  const patterns: string[] = [];
  for (;;) {
    const line = yield* input.line();
    if (line === null) return patterns;
    if (isFailed(line)) return yield* run.fail(2, `${path}: ${reason(line)}`);
    patterns.push(decode(line));
    if (patterns.length > 10_000) return yield* run.fail(2, 'more than 10000 patterns');
  }
}
