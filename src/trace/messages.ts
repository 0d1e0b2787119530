/** Which bytes of a pipe or a connection came from whom: pairs what is received with what was sent. */
import type { TaskId, TraceEvent } from '../kernel/types.ts';

type Passing = Extract<TraceEvent, { readonly kind: 'send' | 'receive' }>;

/** `tag` is whatever its sender's step was called. */
export interface Sent {
  readonly task: TaskId;
  readonly from: number;
  readonly to: number;
  readonly tag: number;
}

/** Of a connection's direction the connection: `connection 1 to port 80`; of a pipe the pipe. */
export function baseOf(channel: string): string {
  return channel.replace(/, (there|back)$/, '');
}

export class Messages {
  private readonly sent = new Map<string, Sent[]>();
  /** The first of each channel that has not been received to its end. */
  private readonly unread = new Map<string, number>();

  hear(event: Passing, tag = 0): void {
    const list = this.sent.get(event.channel) ?? [];
    this.sent.set(event.channel, list);
    if (event.kind === 'send') {
      list.push({ task: event.task, from: event.from, to: event.to, tag });
      return;
    }
    let at = this.unread.get(event.channel) ?? 0;
    while ((list[at]?.to ?? Number.POSITIVE_INFINITY) <= event.to) at++;
    this.unread.set(event.channel, at);
  }

  /** Whose bytes these are; to be asked before they are heard of. */
  senders({ channel, from, to }: Passing): readonly Sent[] {
    const list = this.sent.get(channel) ?? [];
    const senders: Sent[] = [];
    for (let at = this.unread.get(channel) ?? 0; at < list.length; at++) {
      const sent = list[at] as Sent;
      if (sent.from >= to) break;
      if (sent.to > from) senders.push(sent);
    }
    return senders;
  }
}
