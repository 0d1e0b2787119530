/** What tasks, locks, things and places are called in a sentence. */
import type { LockId, Place, TaskId, ThingId, Trace } from '../kernel/types.ts';
import { baseOf } from './messages.ts';
import { isHelper, shortCommand } from './processes.ts';

/** Locks of different processes may have the same number in each; their ids are this far apart. */
const APART = 2 ** 32;

/** The name a reader knows a task by, even where no trace was recorded. */
export function taskName(id: TaskId, trace: Trace): string {
  const task = trace.tasks.find((candidate) => candidate.id === id);
  if (!task) return id === 1 ? 'MainThread' : `thread ${id}`;
  const [first] = trace.processes;
  const process = trace.processes.find(({ pid }) => pid === task.process);
  if (!first || (task.process === first.pid && process?.host === undefined)) return task.name;
  if (process && isHelper(process.pid, trace)) return `${shortCommand(process, trace)} (process ${process.pid})`;
  // The main threads of all processes have the same name.
  const where = process?.host === undefined ? '' : ` on ${process.host}`;
  const whose = `process ${task.process}${where}`;
  return task.name === 'MainThread' ? whose : `${task.name} of ${whose}`;
}

/** "the Lock made at line 3", as seen from `from`. */
export function lockName(id: LockId, trace: Trace, from: Place | null): string {
  const lock = trace.locks.find((candidate) => candidate.id === id);
  if (!lock) return `lock ${id % APART}`;
  if (!lock.at) return `${article(lock.made)} ${lock.made} (lock ${id % APART})`;
  const { file, line } = lock.at;
  // Several may come from one line (a comprehension): then the number tells them apart. A Condition has many locks.
  const twins = trace.locks.filter(
    (other) =>
      other.at?.file === file &&
      other.at.line === line &&
      other.made === lock.made &&
      Math.floor(other.id / APART) === Math.floor(id / APART),
  );
  const parts = !/^R?Lock$/.test(lock.made);
  const which =
    new Set(twins.map((twin) => twin.thing ?? (parts ? null : twin.id))).size > 1 ? ` (lock ${id % APART})` : '';
  return `the ${lock.made} made at ${file === from?.file ? `line ${line}` : placeName(lock.at)}${which}`;
}

/** The variable it was assigned to, numbered where several were (`forks #2`); else what it is and its line. */
export function thingName(id: ThingId, trace: Trace): string {
  const thing = trace.things.find((candidate) => candidate.id === id);
  if (!thing) return `object ${id}`;
  if (thing.name === null) return thing.at ? `${thing.made} of line ${thing.at.line}` : `${thing.made} ${id}`;
  const twins = trace.things.filter((other) => other.name === thing.name);
  return twins.length > 1 ? `${thing.name} #${twins.indexOf(thing) + 1}` : thing.name;
}

/** The threads that run fibers: what they do as themselves is to run an event loop. */
export function loopsOf(trace: Trace): ReadonlySet<TaskId> {
  return new Set(trace.tasks.flatMap(({ thread }) => thread ?? []));
}

/** "12 bytes through pipe 1" */
export function bytesThrough(bytes: number, channel: string): string {
  return `${bytes === 1 ? '1 byte' : `${bytes} bytes`} through ${baseOf(channel)}`;
}

export function placeName(place: Place): string {
  return `${place.file}:${place.line}`;
}

function article(noun: string): string {
  return /^([aeiou]|RLock)/i.test(noun) ? 'an' : 'a';
}
