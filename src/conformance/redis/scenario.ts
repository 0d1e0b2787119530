/**
 * Scenarios of the differential test: what connections send, and what a real Redis server has answered.
 *
 *     = a name                 everything is empty, nobody is connected
 *     A> LPUSH q "a b"         connection A sends a command; `>~`: which is not answered now
 *     A>! PING\r\n             the same, as bytes
 *     A< :1                    what A gets next; replies are written as `show` has them
 *     A<? [:#]                 numbers are not compared (the command was `A>?`)
 *     A<* ["a" "b"]            nor the order of the items (`A>*`)
 *     A< closed
 *     wait 30                  milliseconds pass
 */
import { quoted } from '../../commands/redis/bytes.ts';
import type { Received } from '../../commands/redis/reply-parser.ts';
import { splitWords } from '../../commands/redis/requests.ts';

export type Mask = '' | '?' | '*';

export type Step =
  | {
      readonly step: 'send';
      readonly from: string;
      readonly bytes: string;
      readonly silent: boolean;
      readonly mask: Mask;
    }
  | { readonly step: 'expect'; readonly at: string; readonly mask: Mask; readonly reply: string }
  | { readonly step: 'wait'; readonly milliseconds: number };

export interface Line {
  readonly text: string;
  readonly number: number;
  readonly step: Step | null;
}

export interface Scenario {
  readonly name: string;
  readonly lines: readonly Line[];
}

export function parseScenarios(text: string): readonly Scenario[] {
  const scenarios: { name: string; lines: Line[] }[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('= ')) scenarios.push({ name: line.slice(2), lines: [] });
    else scenarios.at(-1)?.lines.push({ text: line, number: i + 1, step: stepOf(line) });
  }
  return scenarios;
}

function stepOf(line: string): Step | null {
  const wait = /^wait (\d+)$/.exec(line);
  if (wait) return { step: 'wait', milliseconds: Number(wait[1]) };
  const match = /^([A-Z])([<>])([!~?*]?) (.*)$/.exec(line);
  if (!match) {
    if (line !== '' && !line.startsWith('#')) throw new Error(`no line of a scenario: ${line}`);
    return null;
  }
  const [, who, direction, mode, rest] = match as unknown as [string, string, string, string, string];
  const mask = mode === '?' || mode === '*' ? mode : '';
  if (direction === '<') return { step: 'expect', at: who, mask, reply: rest };
  const bytes = mode === '!' ? raw(rest) : request(splitWords(rest) ?? []);
  return { step: 'send', from: who, bytes, silent: mode === '~', mask };
}

function raw(text: string): string {
  return text.replace(/\\(r|n|\\|x[0-9a-f]{2})/g, (_, what: string) => {
    if (what[0] === 'x') return String.fromCharCode(Number.parseInt(what.slice(1), 16));
    return { r: '\r', n: '\n' }[what] ?? what;
  });
}

export function request(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

/** A reply in one line, with all that distinguishes it from others on the wire. */
export function show(reply: Received, mask: Mask): string {
  const text = spell(reply, mask === '*');
  return mask === '?' ? text.replace(/\d+(\.\d+)?/g, '#') : text;
}

const BRACKETS = { array: '[', set: '~[', push: '>[', map: '%[' };

function spell(reply: Received, unordered: boolean): string {
  if ('items' in reply) {
    const items = reply.items.map((item) => spell(item, unordered));
    if (unordered) items.sort();
    return `${BRACKETS[reply.kind]}${items.join(' ')}]`;
  }
  if (reply.kind === 'status') return `+${reply.text}`;
  if (reply.kind === 'error') return `-${reply.text}`;
  if (reply.kind === 'integer') return `:${reply.text}`;
  if (reply.kind === 'double') return `,${reply.text}`;
  if (reply.kind === 'big') return `(${reply.text}`;
  if (reply.kind === 'boolean') return `#${reply.value}`;
  if ('text' in reply) return `${reply.kind === 'verbatim' ? '=' : ''}${quoted(reply.text)}`;
  return { null: 'null', 'null bulk': 'nil', 'null array': 'nil[]' }[reply.kind];
}
