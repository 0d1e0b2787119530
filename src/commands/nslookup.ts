/** `nslookup`, as BIND has it, over the virtual name table: one question, or those that standard input asks. */
import { isFailed } from '../kernel/errno.ts';
import { Input } from './input.ts';
import { program, type Running } from './program.ts';
import { decode } from './text.ts';
import type { Calling, NameRecord } from './types.ts';

const TYPES = ['a', 'aaaa', 'mx', 'cname', 'any', 'ptr'];
/** A chain of aliases that is longer goes round in a circle. */
const MOST_ALIASES = 10;

interface Asking {
  /** null: the addresses. */
  type: string | null;
  server: string;
}

export const nslookup = program('nslookup', 1, function* (run) {
  const asking: Asking = { type: null, server: run.process.names.server };
  const operands: string[] = [];
  for (const word of run.process.argv.slice(1)) {
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (!set(asking, word.slice(1))) yield* run.out(`*** Invalid option: ${word.slice(1)}\n`);
  }
  const [name, server] = operands;
  if (server !== undefined) asking.server = server;
  if (name !== undefined && name !== '-') return (yield* ask(run, asking, name)) ? 0 : 1;
  return yield* session(run, asking);
});

function set(asking: Asking, option: string): boolean {
  const match = /^(?:q|ty|type|querytype|query)=(\w+)$/i.exec(option);
  if (!match) return /^(no)?(debug|d2|recurse|search|vc)$|^(timeout|retry|port|domain|class)=/.test(option);
  const type = (match[1] as string).toLowerCase();
  if (!TYPES.includes(type)) return false;
  asking.type = type;
  return true;
}

function* session(run: Running, asking: Asking): Calling<number> {
  const input = new Input(run.calls, 0);
  const prompts = run.calls.isTerminal(0) === true;
  let found = true;
  for (;;) {
    if (prompts) yield* run.out('> ');
    yield* run.flush();
    const bytes = yield* input.line();
    if (bytes === null || isFailed(bytes)) return found ? 0 : 1;
    const words = decode(bytes).trim().split(/\s+/);
    const [command = '', argument] = words;
    if (command === '') continue;
    if (command === 'exit') return found ? 0 : 1;
    if (command === 'set') {
      for (const option of words.slice(1)) if (!set(asking, option)) yield* run.out(`*** Invalid option: ${option}\n`);
    } else if (command === 'server' || command === 'lserver') {
      asking.server = argument ?? run.process.names.server;
      yield* run.out(`Default server: ${asking.server}\nAddress: ${asking.server}#53\n`);
    } else found = yield* ask(run, asking, command);
  }
}

/** Whether there is such a name. */
function* ask(run: Running, { type, server }: Asking, asked: string): Calling<boolean> {
  yield* run.out(`Server:\t\t${server}\nAddress:\t${server}#53\n\n`);
  const { records } = run.process.names;
  if (/^[\d.]+$/.test(asked) || asked.includes(':')) return yield* reverse(run, asked);
  let name = asked.toLowerCase().replace(/\.$/, '');
  const lines: string[] = [];
  let record: NameRecord | undefined = records.get(name);
  if (!record) {
    yield* run.out(`** server can't find ${asked}: NXDOMAIN\n\n`);
    return false;
  }
  for (let n = 0; record?.alias !== undefined && n < MOST_ALIASES; n++) {
    lines.push(`${name}\tcanonical name = ${record.alias}.`);
    if (type === 'cname') break;
    name = record.alias;
    record = records.get(name);
  }
  const mail = type === 'mx' || type === 'any' ? (record?.mail ?? []) : [];
  for (const { preference, host } of mail) lines.push(`${name}\tmail exchanger = ${preference} ${host}.`);
  if (type === null || type === 'a' || type === 'aaaa' || type === 'any') {
    for (const address of record?.addresses ?? []) {
      if (type === 'a' && address.includes(':')) continue;
      if (type === 'aaaa' && !address.includes(':')) continue;
      lines.push(`Name:\t${name}`, `Address: ${address}`);
    }
  }
  if (lines.length === 0) {
    yield* run.out(`*** Can't find ${asked}: No answer\n\n`);
    return true;
  }
  yield* run.out(`Non-authoritative answer:\n${lines.join('\n')}\n`);
  if (mail.length > 0) {
    const hosts = mail.flatMap(({ host }) =>
      (records.get(host)?.addresses ?? []).map((address) => glue(host, address)),
    );
    yield* run.out(`\nAuthoritative answers can be found from:\n${hosts.join('')}`);
  }
  yield* run.out('\n');
  return true;
}

function glue(host: string, address: string): string {
  return address.includes(':') ? `${host}\thas AAAA address ${address}\n` : `${host}\tinternet address = ${address}\n`;
}

function* reverse(run: Running, address: string): Calling<boolean> {
  const name = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  for (const [host, { addresses }] of run.process.names.records) {
    if (!addresses.includes(address)) continue;
    yield* run.out(`${name}\tname = ${host}.\n\n`);
    return true;
  }
  yield* run.out(`** server can't find ${name}: NXDOMAIN\n\n`);
  return false;
}
