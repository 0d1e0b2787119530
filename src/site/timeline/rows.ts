/** The rows of a timeline's picture: each process with its threads, then locks, queues and the rest. */
import type { ThingLane, ThreadLane, Timeline } from '../../trace/lanes.ts';
import type { ProcessLane } from '../../trace/process-lanes.ts';

export type Row =
  /** A thread. `process`: its process, if this row stands for that too; `indented`: it stands below its process. */
  | {
      readonly kind: 'thread';
      readonly lane: ThreadLane;
      readonly process: ProcessLane | null;
      readonly indented: boolean;
      readonly dim: boolean;
    }
  /** A process of several threads, which follow. */
  | { readonly kind: 'process'; readonly process: ProcessLane; readonly dim: boolean }
  | { readonly kind: 'thing'; readonly lane: ThingLane };

/** More would be a picture taller than the window; the text tells of all. */
const MOST_LANES = 20;

export function rowsOf({ threads, things, processes }: Timeline): readonly Row[] {
  const rows: Row[] = [];
  if (processes.length === 0)
    rows.push(...threads.map((lane): Row => ({ kind: 'thread', lane, process: null, indented: false, dim: false })));
  for (const process of processes) {
    const own = threads.filter((lane) => lane.process === process.pid);
    const dim = process.helper;
    const [only] = own;
    if (own.length === 1 && only) rows.push({ kind: 'thread', lane: only, process, indented: false, dim });
    else {
      rows.push({ kind: 'process', process, dim });
      for (const lane of own) rows.push({ kind: 'thread', lane, process: null, indented: true, dim });
    }
  }
  const shownThings = things.slice(0, MOST_LANES).map((lane): Row => ({ kind: 'thing', lane }));
  return [...rows.slice(0, MOST_LANES), ...shownThings];
}

/** How many lanes the picture leaves out. */
export function leftOut({ threads, things }: Timeline, rows: readonly Row[]): number {
  return threads.length + things.length - rows.filter(({ kind }) => kind !== 'process').length;
}

/** What a row is called; of a process its number stands apart, so that it is never cut off. */
export function nameOf(row: Row): { readonly name: string; readonly number: string; readonly title: string } {
  if (row.kind === 'thing') return { name: row.lane.name, number: '', title: `${row.lane.name} (${row.lane.made})` };
  if (row.kind === 'process') return ofProcess(row.process);
  if (row.process !== null) return ofProcess(row.process);
  const { name } = row.lane;
  // Below its process a thread need not say whose it is; the first one of all is called as everywhere.
  const short = row.indented
    ? name.replace(/^process \d+( on \S+)?$/, 'MainThread').replace(/ of process \d+( on \S+)?$/, '')
    : name;
  return { name: short, number: '', title: name };
}

function ofProcess({ pid, name, command, host }: ProcessLane) {
  const where = host === null ? '' : ` on ${host}`;
  return {
    name: host === null ? name : `${host}: ${name}`,
    number: `· ${pid}`,
    title: `process ${pid}${where}: ${command}`,
  };
}
