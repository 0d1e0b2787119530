/** A shell's children: waiting for them, and what is said of those that a signal has killed. */
import { isFailed } from '../../kernel/errno.ts';
import { codeOf } from '../../kernel/processes/signals.ts';
import { SIGNALS } from '../../kernel/processes/types.ts';
import type { Pid } from '../../kernel/types.ts';
import { wait, writeAll } from '../program.ts';
import { encode } from '../text.ts';
import type { Calling } from '../types.ts';
import type { Shell } from './shell.ts';

const DEATHS: Readonly<Record<number, string>> = {
  [SIGNALS.SIGHUP]: 'Hangup',
  [SIGNALS.SIGQUIT]: 'Quit',
  [SIGNALS.SIGILL]: 'Illegal instruction',
  [SIGNALS.SIGTRAP]: 'Trace/breakpoint trap',
  [SIGNALS.SIGABRT]: 'Aborted',
  [SIGNALS.SIGBUS]: 'Bus error',
  [SIGNALS.SIGFPE]: 'Floating point exception',
  [SIGNALS.SIGKILL]: 'Killed',
  [SIGNALS.SIGUSR1]: 'User defined signal 1',
  [SIGNALS.SIGSEGV]: 'Segmentation fault',
  [SIGNALS.SIGUSR2]: 'User defined signal 2',
  [SIGNALS.SIGALRM]: 'Alarm clock',
  [SIGNALS.SIGTERM]: 'Terminated',
};

/** Who has run in the background and ended is remembered for `wait`, up to so many. */
const MOST_REMEMBERED = 10_000;

/** Waits until all have ended; the exit status of the last. A signal that is trapped does not cut it short. */
export function* waitForAll(shell: Shell, pids: readonly Pid[]): Calling<number> {
  const statuses = new Map<Pid, number>();
  while (statuses.size < pids.length) {
    const left = pids.filter((pid) => !statuses.has(pid));
    // Whoever ends is taken note of, as a real shell does it: else background jobs would stay zombies.
    const alone = left.length === 1 && ![...shell.background.values()].includes(null);
    const ended = yield* wait(shell.calls.wait(alone ? (left[0] as Pid) : -1, { noHang: false, leave: false }));
    if (isFailed(ended)) {
      if (ended.errno === 'EINTR') continue;
      break;
    }
    if (ended === null) break;
    if (!pids.includes(ended.pid)) {
      remember(shell, ended.pid, ended.status);
      continue;
    }
    statuses.set(ended.pid, codeOf(ended.status));
    yield* tell(shell, ended.status);
  }
  return statuses.get(pids.at(-1) as Pid) ?? 127;
}

/** `wait`: a job's exit status, 127 if it is none, -1 if a signal came before. `named`: it was asked for by its number. */
export function* waitForJob(shell: Shell, pid: Pid, named: boolean): Calling<number> {
  for (;;) {
    const known = shell.background.get(pid);
    if (known === undefined) return 127;
    if (known !== null) {
      shell.background.delete(pid);
      return known;
    }
    const ended = yield* wait(shell.calls.wait(-1, { noHang: false, leave: false }));
    if (isFailed(ended)) {
      if (ended.errno === 'EINTR') return -1;
      shell.background.delete(pid);
      return 127;
    }
    if (ended === null) return 127;
    remember(shell, ended.pid, ended.status);
    if (named && ended.pid === pid) yield* tell(shell, ended.status);
  }
}

export function startedInBackground(shell: Shell, pid: Pid): void {
  shell.lastBackground = pid;
  shell.background.set(pid, null);
  if (shell.background.size <= MOST_REMEMBERED) return;
  for (const [old, status] of shell.background) {
    if (status === null) continue;
    shell.background.delete(old);
    return;
  }
}

function remember(shell: Shell, pid: Pid, status: number): void {
  if (shell.background.has(pid)) shell.background.set(pid, codeOf(status));
}

function* tell(shell: Shell, status: number): Calling<void> {
  const death = DEATHS[status & 127];
  if (death !== undefined) yield* writeAll(shell.calls, 2, encode(`${death}\n`));
}
