/** The processes of a run in words: what they are called, how they ended, which of them only serve `multiprocessing`. */
import { SIGNALS } from '../kernel/processes/types.ts';
import type { Pid, Place, ProcessInfo, TaskId, Trace } from '../kernel/types.ts';

/** Programs that the library starts for itself. */
const HELPER = /\bfrom multiprocessing\.(resource_tracker|forkserver) import main\b/;
/** A process that `multiprocessing` started with the spawn method. */
const SPAWNED = /\bfrom multiprocessing\.spawn import spawn_main\b/;

/** What a command is called in a narrow place: `python3 main.py`, `python3 -c …`, `sort`, `forkserver`, `worker`. */
export function shortCommand(info: ProcessInfo, trace: Trace): string {
  const helper = HELPER.exec(info.command)?.[1];
  if (helper !== undefined) return isHelper(info.pid, trace) ? helper.replace('_', ' ') : 'worker';
  if (SPAWNED.test(info.command)) return 'worker';
  const [program = '', ...args] = info.command.split(' ');
  const name = program.slice(program.lastIndexOf('/') + 1);
  const code = /^python/.test(name) ? args.indexOf('-c') : -1;
  return code >= 0 ? `${name} -c …` : [name, ...args].join(' ');
}

/** Whether the learner never asked for this process. What a forkserver forks is the learner's. */
export function isHelper(pid: Pid, trace: Trace): boolean {
  const info = trace.processes.find((process) => process.pid === pid);
  return info !== undefined && HELPER.test(info.command) && !isForked(info, trace);
}

/** Whether it began as a copy of its parent; else it runs a program of its own. */
export function isForked({ parent, command }: ProcessInfo, trace: Trace): boolean {
  return trace.processes.some((process) => process.pid === parent && process.command === command);
}

/** The process of a task, if the run had more than one. */
export function processOf(task: TaskId, trace: Trace): ProcessInfo | null {
  if (trace.processes.length < 2) return null;
  const pid = trace.tasks.find(({ id }) => id === task)?.process;
  return trace.processes.find((process) => process.pid === pid) ?? null;
}

/** Whether the library wrote the code that a process was started with: its `<string>` is nobody's to read. */
function isStartedByLibrary({ command }: ProcessInfo): boolean {
  return HELPER.test(command) || SPAWNED.test(command);
}

/** Where an event happened, if that is in code that a reader knows. */
export function knownPlace(task: TaskId, at: Place | null, trace: Trace): Place | null {
  if (at?.file !== '<string>') return at;
  const process = processOf(task, trace);
  return process !== null && isStartedByLibrary(process) ? null : at;
}

/** Tasks of processes that only serve `multiprocessing`. */
export function helperTasks(trace: Trace): ReadonlySet<TaskId> {
  const helpers = new Set(trace.processes.filter(({ pid }) => isHelper(pid, trace)).map(({ pid }) => pid));
  return new Set(trace.tasks.filter(({ process }) => helpers.has(process)).map(({ id }) => id));
}

const SIGNAL_NAMES = new Map<number, string>(Object.entries(SIGNALS).map(([name, number]) => [number, name]));

export function signalName(signal: number): string {
  return SIGNAL_NAMES.get(signal) ?? `signal ${signal}`;
}

/** Of Linux's wait status: `exit code 3`, or `SIGTERM` if that killed it. */
export function statusName(status: number): string {
  return wasKilled(status) ? signalName(status & 0x7f) : `exit code ${(status >> 8) & 0xff}`;
}

export function wasKilled(status: number): boolean {
  return (status & 0x7f) !== 0;
}
