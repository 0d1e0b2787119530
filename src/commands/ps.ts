/** `ps`, as procps has it: which processes, which columns. */
import type { Pid } from '../kernel/types.ts';
import { program, Quit, type Running } from './program.ts';
import { COLUMNS, type Column, FORMATS, type Row, SYNONYMS } from './ps-columns.ts';
import type { Calling } from './types.ts';

interface Request {
  all: boolean;
  /** `a` and `x` of BSD: others' too, without a terminal too. */
  bsd: { a: boolean; x: boolean };
  pids: Set<Pid> | null;
  parents: Set<Pid> | null;
  columns: { readonly column: Column; readonly title: string }[];
  format: keyof typeof FORMATS;
  titles: boolean;
}

export const ps = program('ps', 1, function* (run) {
  const request = yield* requestOf(run);
  const list = [...run.calls.processes()].sort((a, b) => a.pid - b.pid);
  const me = list.find(({ pid }) => pid === run.calls.pid());
  const now = run.process.epoch + run.calls.clock();
  const rows: Row[] = list.map((one) => ({
    ...one,
    terminal: one.session === me?.session ? 'pts/0' : '?',
    foreground: one.group === me?.group,
    now,
    epoch: run.process.epoch,
  }));
  const chosen = rows.filter((row) => {
    if (request.pids || request.parents) return request.pids?.has(row.pid) || request.parents?.has(row.parent);
    if (request.all || (request.bsd.a && request.bsd.x)) return true;
    return request.bsd.x || row.terminal !== '?';
  });
  const columns = request.columns.length > 0 ? request.columns : named(FORMATS[request.format]);
  if (request.titles && columns.some(({ title }) => title !== '')) yield* run.out(line(columns, (one) => one.title));
  for (const row of chosen) yield* run.out(line(columns, ({ column }) => column.text(row)));
  return chosen.length > 0 ? 0 : 1;
});

function line(columns: Request['columns'], text: (one: Request['columns'][number]) => string): string {
  const cells = columns.map((one, i) => {
    const last = i === columns.length - 1;
    const width = Math.max(one.column.width, one.title.length);
    if (!one.column.left) return text(one).padStart(width);
    return last ? text(one) : text(one).padEnd(width);
  });
  return `${cells.join(' ')}\n`;
}

function named(list: string): Request['columns'] {
  return list.split(' ').map((name) => {
    const column = COLUMNS[name] as Column;
    return { column, title: column.title };
  });
}

function* requestOf(run: Running): Calling<Request> {
  const request: Request = {
    all: false,
    bsd: { a: false, x: false },
    pids: null,
    parents: null,
    columns: [],
    format: 'plain',
    titles: true,
  };
  const rest = run.process.argv.slice(1);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--no-headers' || word === '--no-heading') request.titles = false;
    else if (/^--(pid|ppid|format)(=|$)/.test(word)) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s);
      yield* valued(run, request, { pid: 'p', ppid: 'P', format: 'o' }[name] as string, given ?? rest.shift());
    } else if (word.startsWith('--')) {
      if (word !== '--forest') yield* wrong(run, 'unknown gnu long option');
    } else if (/^\d+(,\d+)*$/.test(word)) yield* valued(run, request, 'p', word);
    else {
      const unix = word.startsWith('-');
      const letters = [...word.replace(/^-/, '')];
      for (let letter = letters.shift(); letter !== undefined; letter = letters.shift()) {
        if ('po'.includes(letter) || (!unix && letter === 'q')) {
          const value = letters.splice(0).join('') || rest.shift();
          yield* valued(run, request, letter, value);
        } else if (unix && (letter === 'e' || letter === 'A')) request.all = true;
        else if (unix && letter === 'f') request.format = 'full';
        else if (unix && letter === 'l') request.format = 'long';
        else if (!unix && 'ax'.includes(letter)) {
          request.bsd[letter as 'a' | 'x'] = true;
          if (request.format === 'plain') request.format = 'bsd';
        } else if (unix && 'ax'.includes(letter)) request.all = true;
        else if (letter === 'u') {
          request.format = 'user';
          // `-u NAME` chooses by the one user there is.
          if (unix && rest[0] !== undefined && !rest[0].startsWith('-')) rest.shift();
        } else if (letter === 'h') request.titles = false;
        else if (!'fwHjTmnS'.includes(letter))
          yield* wrong(run, `unsupported ${unix ? 'SysV' : ''} option`.replace('  ', ' '));
      }
    }
  }
  return request;
}

function* valued(run: Running, request: Request, letter: string, value: string | undefined): Calling<void> {
  if (value === undefined || value === '') {
    return yield* wrong(
      run,
      letter === 'o' ? 'format specification must follow -o' : 'list of process IDs must follow -p',
    );
  }
  if (letter === 'o') {
    // A title reaches to the end of its word, commas and all.
    const match = /^([^=]*?)(\w+|%\w+)=(.*)$/s.exec(value);
    const plain = match ? (match[1] as string) : value;
    for (const name of plain.split(/[,\s]+/).filter((part) => part !== ''))
      request.columns.push(yield* columnOf(run, name));
    if (match) request.columns.push({ ...(yield* columnOf(run, match[2] as string)), title: match[3] as string });
    return;
  }
  const pids = value.split(/[,\s]+/).filter((part) => part !== '');
  if (pids.some((pid) => !/^\d{1,9}$/.test(pid))) return yield* wrong(run, 'process ID list syntax error');
  const into = letter === 'P' ? 'parents' : 'pids';
  request[into] = new Set([...(request[into] ?? []), ...pids.map(Number)]);
}

function* columnOf(run: Running, name: string): Calling<Request['columns'][number]> {
  const known = Object.hasOwn(SYNONYMS, name) ? (SYNONYMS[name] as string) : name;
  const column = Object.hasOwn(COLUMNS, known) ? COLUMNS[known] : undefined;
  if (!column) return yield* wrong(run, `unknown user-defined format specifier "${name}"`);
  return { column, title: column.title };
}

function* wrong(run: Running, text: string): Calling<never> {
  yield* run.errorText(`error: ${text}\n\nUsage:\n ps [options]\n\nFor more details see ps(1).\n`);
  throw new Quit(1);
}
