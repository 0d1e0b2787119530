/** All commands by name, and what each knows. */
import { cat, tee } from './cat.ts';
import { cp, mv } from './cp-mv.ts';
import { cut, tr } from './cut-tr.ts';
import { date } from './date.ts';
import { echo, yes } from './echo.ts';
import { env, printenv } from './env.ts';
import { ln, mkdir, rm, rmdir, touch } from './file-commands.ts';
import { grep } from './grep.ts';
import { head, tail } from './head-tail.ts';
import { httpd } from './httpd/httpd.ts';
import { kill } from './kill.ts';
import { ls } from './ls.ts';
import { nslookup } from './nslookup.ts';
import { printf } from './printf.ts';
import { ps } from './ps.ts';
import { redisCli } from './redis/redis-cli.ts';
import { redisServer } from './redis/redis-server.ts';
import { sh } from './sh/sh.ts';
import { basename, dirname, falsehood, hostname, pwd, seq, sleep, truth, uname, whoami } from './small.ts';
import { sort, uniq } from './sort.ts';
import { test } from './test-command.ts';
import type { Command } from './types.ts';
import { wc } from './wc.ts';
import { xargs } from './xargs.ts';

export type { Calling, Command, CommandProcess, NameRecord, NameTable } from './types.ts';

/** What lies in /bin and /usr/bin, beside the interpreters that the kernel knows. Without a prototype: names are a learner's. */
export const COMMANDS: Readonly<Record<string, Command>> = Object.assign(Object.create(null), {
  '[': test,
  basename,
  cat,
  cp,
  cut,
  date,
  dirname,
  echo,
  env,
  false: falsehood,
  grep,
  head,
  hostname,
  httpd,
  kill,
  ln,
  ls,
  mkdir,
  mv,
  nslookup,
  printenv,
  printf,
  ps,
  pwd,
  'redis-cli': redisCli,
  'redis-server': redisServer,
  rm,
  rmdir,
  seq,
  sh,
  sleep,
  sort,
  tail,
  tee,
  test,
  touch,
  tr,
  true: truth,
  uname,
  uniq,
  wc,
  whoami,
  xargs,
  yes,
});

/** How each is called; what is not here is not known. */
export const USAGE: Readonly<Record<keyof typeof COMMANDS, string>> = {
  '[': '[ EXPRESSION ]',
  basename: 'basename [-a] [-s SUFFIX] PATH [SUFFIX]',
  cat: 'cat [-nbEsTvAet] [FILE]...',
  cp: 'cp [-rRafvnpT] SOURCE... TARGET',
  cut: 'cut -b LIST | -c LIST | -f LIST [-d CHARACTER] [-s] [FILE]...',
  date: 'date [-u] [-I] [-R] [-d @SECONDS | YYYY-MM-DD [HH:MM[:SS]]] [+FORMAT]',
  dirname: 'dirname PATH...',
  echo: 'echo [-neE] [WORD]...',
  env: 'env [-i] [-0] [-u NAME] [NAME=VALUE]... [COMMAND [ARGUMENT]...]',
  false: 'false',
  grep: 'grep [-EFGivcnlLqsowxrRhHau] [-m N] [-A N] [-B N] [-C N] [-f FILE] [-e] PATTERN [FILE]...',
  head: 'head [-n [-]N | -c [-]N | -N] [-qv] [FILE]...',
  hostname: 'hostname [-fsI]',
  httpd: 'httpd [--port N]... [--root FOLDER] [--delay SECONDS] [--hang] [--status N]',
  kill: 'kill [-SIGNAL | -s SIGNAL] PID... | kill -l [SIGNAL]...',
  ln: 'ln [-sf] TARGET [NAME]',
  ls: 'ls [-laA1RhdFirtSCp] [PATH]...',
  mkdir: 'mkdir [-pv] [-m MODE] FOLDER...',
  mv: 'mv [-fvn] SOURCE... TARGET',
  nslookup: 'nslookup [-q=TYPE] [NAME [SERVER]]',
  printenv: 'printenv [NAME]...',
  printf: 'printf FORMAT [ARGUMENT]...',
  ps: 'ps [-eAfl] [-p PIDS] [-o COLUMNS] [aux] [f]',
  pwd: 'pwd',
  'redis-cli':
    'redis-cli [-h HOST] [-p PORT] [-a PASSWORD] [-n DATABASE] [-23x] [-r N] [-i SECONDS] [--raw] [COMMAND [ARGUMENT]...]',
  'redis-server':
    'redis-server [FILE] [--port N] [--bind ADDRESS] [--requirepass PASSWORD] [--appendonly yes] [--SETTING VALUE]...',
  rm: 'rm [-rRfdv] FILE...',
  rmdir: 'rmdir FOLDER...',
  seq: 'seq [-w] [-s TEXT] [FIRST [STEP]] LAST',
  sh: 'sh [-eufx] [-c COMMAND [NAME [ARGUMENT]...] | FILE [ARGUMENT]...]',
  sleep: 'sleep NUMBER[smhd]...',
  sort: 'sort [-rnhgufbdsc] [-k KEY] [-t CHARACTER] [-o FILE] [FILE]...',
  tail: 'tail [-n [+]N | -c [+]N | -N] [-f] [-qv] [FILE]...',
  tee: 'tee [-ai] [FILE]...',
  test: 'test EXPRESSION',
  touch: 'touch [-acm] [-d @SECONDS] FILE...',
  tr: 'tr [-cds] [-t] SET1 [SET2]',
  true: 'true',
  uname: 'uname [-asnrvmo]',
  uniq: 'uniq [-cdui] [-f N] [-s N] [-w N] [INPUT [OUTPUT]]',
  wc: 'wc [-lwcmL] [FILE]...',
  whoami: 'whoami',
  xargs: 'xargs [-0rt] [-d CHARACTER] [-n N] [-I TEXT] [-P N] [COMMAND [ARGUMENT]...]',
  yes: 'yes [WORD]...',
};
