/** How much has gone through each pipe and connection of a run. */
export class Channels {
  private readonly sent = new Map<string, number>();
  private readonly received = new Map<string, number>();

  /** The part of all its bytes that these are: [from, to). */
  pass(how: 'send' | 'receive', channel: string, bytes: number): { readonly from: number; readonly to: number } {
    const counts = how === 'send' ? this.sent : this.received;
    const from = counts.get(channel) ?? 0;
    counts.set(channel, from + bytes);
    return { from, to: from + bytes };
  }
}
