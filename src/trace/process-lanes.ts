/** The life of each process by steps: where it began, where and how it ended, how long it was a zombie. */
import type { Pid, TaskId, Trace, TraceEvent } from '../kernel/types.ts';
import { isHelper, processOf, shortCommand, statusName, wasKilled } from './processes.ts';

export interface ProcessLane {
  readonly pid: Pid;
  readonly parent: Pid;
  /** `python3 main.py`, `sort` */
  readonly name: string;
  readonly command: string;
  /** Where it runs, if there are several hosts. */
  readonly host: string | null;
  /** It only serves the library: to be shown last, if at all. */
  readonly helper: boolean;
  /** Its first thread. */
  readonly main: TaskId;
  /** From which step on; the program's own from the first. */
  readonly from: number;
  /** From step `from` on it was no more (`status` null: its host had crashed), `reaped` (null: never) when somebody had waited for it. */
  readonly end: { readonly from: number; readonly status: number | null; readonly reaped: number | null } | null;
}

interface Draft {
  from: number;
  end: { from: number; status: number | null; reaped: number | null } | null;
}

export class ProcessLanes {
  private readonly trace: Trace;
  private readonly drafts = new Map<Pid, Draft>();

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /** `after`: the step that begins when this event has happened. */
  hear(event: TraceEvent, after: number): void {
    if (event.kind === 'world') {
      for (const { pid, host } of this.trace.processes)
        if (host !== undefined && host === event.crashed) this.vanish(pid, after);
    } else if (event.kind === 'spawn') {
      const process = processOf(event.child, this.trace);
      if (process !== null && process.pid !== processOf(event.task, this.trace)?.pid)
        this.drafts.set(process.pid, { from: after, end: null });
    } else if (event.kind === 'end') {
      const process = processOf(event.task, this.trace);
      if (process === null) return;
      const draft = this.drafts.get(process.pid) ?? { from: 0, end: null };
      // At a terminal of a world somebody sits who sees it end.
      const isSeen = process.host !== undefined && !this.trace.processes.some(({ pid }) => pid === process.parent);
      const orphaned = isSeen || this.drafts.get(process.parent)?.end != null;
      draft.end = { from: after, status: event.status, reaped: orphaned ? after : null };
      this.drafts.set(process.pid, draft);
      // The first process adopts its children, and waits for those that have ended.
      for (const child of this.trace.processes) if (child.parent === process.pid) this.reap(child.pid, after);
    } else if (event.kind === 'reap') this.reap(event.process, after);
  }

  hasEnded(task: TaskId): boolean {
    const process = processOf(task, this.trace);
    return process !== null && this.drafts.get(process.pid)?.end != null;
  }

  /** Those of one host after those of the other; of each those that only serve the library last. */
  get lanes(): readonly ProcessLane[] {
    const { trace } = this;
    if (trace.processes.length < 2) return [];
    const lanes = trace.processes.map((info): ProcessLane => {
      const { pid, parent, command, host = null } = info;
      const { from, end } = this.drafts.get(pid) ?? { from: 0, end: null };
      const main = trace.tasks.find(({ process }) => process === pid)?.id ?? 0;
      return {
        pid,
        parent,
        name: shortCommand(info, trace),
        command,
        host,
        helper: isHelper(pid, trace),
        main,
        from,
        end,
      };
    });
    const hosts = [...new Set(lanes.map(({ host }) => host))];
    const rank = ({ host, helper }: ProcessLane) => hosts.indexOf(host) * 2 + (helper ? 1 : 0);
    return lanes.toSorted((one, other) => rank(one) - rank(other));
  }

  private vanish(pid: Pid, at: number): void {
    const draft = this.drafts.get(pid) ?? { from: 0, end: null };
    if (draft.end === null) draft.end = { from: at, status: null, reaped: at };
    else draft.end.reaped ??= at;
    this.drafts.set(pid, draft);
  }

  private reap(pid: Pid, at: number): void {
    const end = this.drafts.get(pid)?.end;
    if (end) end.reaped ??= at;
  }
}

/** "has ended with exit code 3, a zombie: nobody has waited for it yet"; null while it lives. */
export function endingAt({ end }: ProcessLane, step: number): string | null {
  if (end === null || step < end.from) return null;
  if (end.status === null) return 'gone with its host';
  const how = wasKilled(end.status) ? `killed by ${statusName(end.status)}` : `ended with ${statusName(end.status)}`;
  return end.reaped === null || step < end.reaped ? `${how}; a zombie: nobody has waited for it yet` : how;
}
