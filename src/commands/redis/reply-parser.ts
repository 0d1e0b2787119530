/** A client's half of the protocol: replies as they come, however they are cut. */
import { fromBytes } from './bytes.ts';

/** A reply as it stood on the wire. */
export type Received =
  | { readonly kind: 'status' | 'error' | 'bulk' | 'verbatim' | 'double' | 'big'; readonly text: string }
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'null' | 'null bulk' | 'null array' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'array' | 'set' | 'push' | 'map'; readonly items: readonly Received[] };

const LINES = { '+': 'status', '-': 'error', ':': 'integer', ',': 'double', '(': 'big' } as const;
const AGGREGATES = { '*': 'array', '~': 'set', '>': 'push', '%': 'map' } as const;
/** Arrays in arrays. */
const DEEPEST = 100;

/** What came is not the protocol. */
export class BadReply extends Error {}

export class ReplyParser {
  private text = '';

  add(bytes: Uint8Array): void {
    this.text += fromBytes(bytes);
  }

  /** Bytes of what has not come to its end. */
  get size(): number {
    return this.text.length;
  }

  /** The next whole reply; null: it has not come yet. Throws BadReply. */
  next(): Received | null {
    const found = this.parse(0, 0);
    if (!found) return null;
    this.text = this.text.slice(found.end);
    return found.reply;
  }

  private parse(at: number, depth: number): { readonly reply: Received; readonly end: number } | null {
    if (depth > DEEPEST) throw new BadReply('replies are nested too deeply');
    const stop = this.text.indexOf('\r\n', at);
    if (stop < 0) return null;
    const mark = this.text[at] as string;
    const line = this.text.slice(at + 1, stop);
    const end = stop + 2;
    if (mark in LINES) return { reply: { kind: LINES[mark as keyof typeof LINES], text: line }, end };
    if (mark === '_') return { reply: { kind: 'null' }, end };
    if (mark === '#') return { reply: { kind: 'boolean', value: line === 't' }, end };
    const count = Number(line);
    if (!/^-?\d+$/.test(line)) throw new BadReply(`Protocol error, got ${JSON.stringify(mark)} as reply type byte`);
    if (mark === '$' || mark === '=') {
      if (count < 0) return { reply: { kind: 'null bulk' }, end };
      if (this.text.length < end + count + 2) return null;
      const text = this.text.slice(end, end + count);
      return { reply: { kind: mark === '$' ? 'bulk' : 'verbatim', text }, end: end + count + 2 };
    }
    if (!(mark in AGGREGATES)) throw new BadReply(`Protocol error, got ${JSON.stringify(mark)} as reply type byte`);
    if (count < 0) return { reply: { kind: 'null array' }, end };
    const kind = AGGREGATES[mark as keyof typeof AGGREGATES];
    const items: Received[] = [];
    let next = end;
    for (let i = 0; i < (kind === 'map' ? 2 * count : count); i++) {
      const item = this.parse(next, depth + 1);
      if (!item) return null;
      items.push(item.reply);
      next = item.end;
    }
    return { reply: { kind, items }, end: next };
  }
}
