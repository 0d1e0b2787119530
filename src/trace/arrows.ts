/** What goes from one lane to another: messages, signals, and the beginning of a process. */
import type { TaskId, Trace, TraceEvent } from '../kernel/types.ts';
import { baseOf, Messages } from './messages.ts';
import { bytesThrough } from './names.ts';
import { processOf, signalName } from './processes.ts';
import type { Scope } from './steps.ts';

export interface Arrow {
  readonly kind: 'message' | 'signal' | 'start';
  /** From this step of this task … */
  readonly from: number;
  readonly by: TaskId;
  /** … to this step of that one. */
  readonly to: number;
  readonly task: TaskId;
  /** "12 bytes through pipe 1", "SIGTERM", "process 43 begins" */
  readonly what: string;
}

/** Of a message: it grows while its parts are received. */
interface Draft extends Omit<Arrow, 'kind' | 'to' | 'what'> {
  to: number;
  readonly channel: string;
  bytes: number;
}

export class Arrows {
  private readonly trace: Trace;
  private readonly scope: Scope;
  private readonly messages = new Messages();
  private readonly others: Arrow[] = [];
  private readonly drafts: Draft[] = [];
  private readonly last = new Map<string, Draft>();

  constructor(trace: Trace, scope: Scope) {
    this.trace = trace;
    this.scope = scope;
  }

  hear(event: TraceEvent, step: number): void {
    switch (event.kind) {
      case 'send':
      case 'receive':
        if (this.scope.innerChannels.has(baseOf(event.channel))) return;
        if (event.kind === 'receive') this.receive(event, step);
        this.messages.hear(event, step);
        return;
      case 'signal': {
        const main = this.trace.tasks.find(({ process }) => process === event.process);
        if (main === undefined || main.id === event.task) return;
        const what = signalName(event.signal);
        this.others.push({ kind: 'signal', from: step, by: event.task, to: step, task: main.id, what });
        return;
      }
      case 'spawn': {
        const process = processOf(event.child, this.trace);
        if (process === null || this.scope.helpers.has(event.child)) return;
        if (process.pid === processOf(event.task, this.trace)?.pid) return;
        const what = `process ${process.pid} begins`;
        this.others.push({ kind: 'start', from: step, by: event.task, to: step, task: event.child, what });
      }
    }
  }

  get all(): readonly Arrow[] {
    const messages = this.drafts.map(
      ({ from, by, to, task, channel, bytes }): Arrow => ({
        kind: 'message',
        from,
        by,
        to,
        task,
        what: bytesThrough(bytes, channel),
      }),
    );
    return [...messages, ...this.others].sort((a, b) => a.from - b.from || a.to - b.to);
  }

  /** What is received in parts came in one message, if it was sent in one step. */
  private receive(event: Extract<TraceEvent, { kind: 'send' | 'receive' }>, step: number): void {
    const { task, channel } = event;
    for (const sent of this.messages.senders(event)) {
      if (sent.task === task) continue;
      const bytes = Math.min(sent.to, event.to) - Math.max(sent.from, event.from);
      const before = this.last.get(channel);
      if (before?.by === sent.task && before.task === task && before.from === sent.tag) {
        before.bytes += bytes;
        before.to = step;
        continue;
      }
      const draft = { from: sent.tag, by: sent.task, to: step, task, channel, bytes };
      this.drafts.push(draft);
      this.last.set(channel, draft);
    }
  }
}
