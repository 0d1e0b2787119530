/** The columns of `ps`: what each is called, how wide it is, and what it shows of a process. */
import type { ProcessStatus } from '../kernel/processes/types.ts';
import { format, moment } from './calendar.ts';
import { USER } from './small.ts';

export interface Row extends ProcessStatus {
  /** `pts/0` for who shares the session with the caller's terminal. */
  readonly terminal: string;
  readonly foreground: boolean;
  /** Seconds since 1970. */
  readonly now: number;
  readonly epoch: number;
}

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly left?: boolean;
  readonly text: (row: Row) => string;
}

const number = (title: string, width: number, text: (row: Row) => string | number): Column => ({
  title,
  width,
  text: (row) => String(text(row)),
});
const words = (title: string, width: number, text: (row: Row) => string): Column => ({
  title,
  width,
  left: true,
  text,
});

export const COLUMNS: Readonly<Record<string, Column>> = {
  pid: number('PID', 7, ({ pid }) => pid),
  ppid: number('PPID', 7, ({ parent }) => parent),
  pgid: number('PGID', 7, ({ group }) => group),
  sid: number('SID', 7, ({ session }) => session),
  nlwp: number('NLWP', 4, ({ threads }) => threads),
  uid: number('UID', 5, () => 1000),
  ni: number('NI', 3, () => 0),
  pri: number('PRI', 3, () => 19),
  c: number('C', 2, percent),
  '%cpu': number('%CPU', 4, (row) => percent(row).toFixed(1)),
  '%mem': number('%MEM', 4, () => '0.0'),
  vsz: number('VSZ', 6, () => 0),
  rss: number('RSS', 5, () => 0),
  user: words('USER', 8, () => USER),
  uname: words('UID', 8, () => USER),
  stat: words('STAT', 4, stat),
  s: words('S', 1, ({ state }) => state),
  tty: words('TTY', 8, ({ terminal }) => terminal),
  stime: words('STIME', 5, (row) => format('%H:%M', moment(row.epoch + row.started))),
  start: words('START', 5, (row) => format('%H:%M', moment(row.epoch + row.started))),
  time: number('TIME', 8, ({ used }) => clock(used)),
  bsdtime: number('TIME', 6, ({ used }) => `${Math.floor(used / 60)}:${two(used % 60)}`),
  etime: number('ELAPSED', 11, (row) => elapsed(row.now - row.epoch - row.started)),
  etimes: number('ELAPSED', 7, (row) => Math.max(0, Math.floor(row.now - row.epoch - row.started))),
  comm: words('COMMAND', 15, short),
  ucmd: words('CMD', 15, short),
  args: words('COMMAND', 27, full),
  cmd: words('CMD', 27, full),
};
export const SYNONYMS: Readonly<Record<string, string>> = {
  state: 's',
  tt: 'tty',
  tname: 'tty',
  pcpu: '%cpu',
  pmem: '%mem',
  command: 'args',
  pgrp: 'pgid',
  sess: 'sid',
  session: 'sid',
  thcount: 'nlwp',
  cputime: 'time',
  euser: 'user',
  euid: 'uid',
  start_time: 'stime',
  lstart: 'start',
  fname: 'comm',
};

export const FORMATS = {
  plain: 'pid tty time ucmd',
  full: 'uname pid ppid c stime tty time cmd',
  long: 's uid pid ppid c pri ni tty time ucmd',
  bsd: 'pid tty stat bsdtime args',
  user: 'user pid %cpu %mem vsz rss tty stat start bsdtime args',
} as const;

function stat({ state, pid, session, threads, foreground, terminal }: Row): string {
  return `${state}${pid === session ? 's' : ''}${threads > 1 ? 'l' : ''}${foreground && terminal !== '?' ? '+' : ''}`;
}

/** The name of the program, as the kernel keeps it: 15 characters. */
function shortName(command: string): string {
  const first = command.split(' ', 1)[0] as string;
  return (first.split('/').at(-1) as string).slice(0, 15);
}

function short({ command, state }: Row): string {
  return `${shortName(command)}${state === 'Z' ? ' <defunct>' : ''}`;
}

/** Who has ended has no memory in which its arguments could be read. */
function full({ command, state }: Row): string {
  return state === 'Z' ? `[${shortName(command)}] <defunct>` : command;
}

function percent({ used, now, epoch, started }: Row): number {
  const alive = now - epoch - started;
  return alive > 0 ? Math.min(99, Math.floor((used / alive) * 100)) : 0;
}

const two = (value: number) => String(Math.floor(value)).padStart(2, '0');

function clock(seconds: number): string {
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function elapsed(seconds: number): string {
  const known = Math.max(0, Math.floor(seconds));
  const days = Math.floor(known / 86_400);
  const hours = Math.floor(known / 3600) % 24;
  const rest = `${two((known / 60) % 60)}:${two(known % 60)}`;
  if (days > 0) return `${days}-${two(hours)}:${rest}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}
