/** How redis-cli shows replies: numbered and quoted for a terminal, bare for everything else. */
import { quoted } from './bytes.ts';
import type { Received } from './reply-parser.ts';

const EMPTY = { array: '(empty array)', map: '(empty hash)', set: '(empty set)', push: '(empty push)' };
const MARKS = { array: ')', map: '#', set: '~', push: ')' };

/** With a newline at its end. */
export function shown(reply: Received, indent = ''): string {
  if ('items' in reply) {
    const { items, kind } = reply;
    if (items.length === 0) return `${EMPTY[kind]}\n`;
    const step = kind === 'map' ? 2 : 1;
    const width = String(items.length / step).length;
    let out = '';
    for (let i = 0; i < items.length; i += step) {
      const number = `${String(i / step + 1).padStart(width)}${MARKS[kind]} `;
      const inner = indent + ' '.repeat(number.length);
      out += `${i === 0 ? '' : indent}${number}`;
      out +=
        kind === 'map'
          ? `${shown(items[i] as Received, inner).trimEnd()} => ${shown(items[i + 1] as Received, inner)}`
          : shown(items[i] as Received, inner);
    }
    return out;
  }
  return `${simple(reply)}\n`;
}

function simple(reply: Exclude<Received, { items: unknown }>): string {
  if (reply.kind === 'status') return reply.text;
  if (reply.kind === 'error') return `(error) ${reply.text}`;
  if (reply.kind === 'integer') return `(integer) ${reply.text}`;
  if (reply.kind === 'double') return `(double) ${reply.text}`;
  if (reply.kind === 'boolean') return reply.value ? '(true)' : '(false)';
  if (reply.kind === 'verbatim') return reply.text.slice(4);
  return 'text' in reply ? quoted(reply.text) : '(nil)';
}

export function shownRaw(reply: Received): string {
  if ('items' in reply) return reply.items.map(shownRaw).join('\n');
  if (reply.kind === 'boolean') return reply.value ? '(true)' : '(false)';
  if (reply.kind === 'verbatim') return reply.text.slice(4);
  // What follows an error in a file is easier to see then.
  return 'text' in reply ? `${reply.text}${reply.kind === 'error' ? '\n' : ''}` : '';
}
