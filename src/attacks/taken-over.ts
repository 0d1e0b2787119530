/**
 * An engine whose process somebody has taken over, in the place of node-child.mjs: it says what it likes to the lane that drives
 * it. `mode.json` beside it tells what; with `when`, it is an honest engine until a program with that text comes along.
 */
import { readFileSync, writeSync } from 'node:fs';

export interface Mode {
  readonly does: 'nothing' | 'answers' | 'floods' | 'floods with text' | 'eats memory' | 'writes garbage' | 'ends';
  /** What it answers to each method. */
  readonly answer?: unknown;
  readonly when?: string;
  /** It never says that it is ready. */
  readonly mute?: true;
}

interface Call {
  readonly id?: string;
  readonly type?: string;
}

const mode: Mode = JSON.parse(readFileSync(new URL('mode.json', import.meta.url), 'utf8'));
// The honest engine takes these away.
const { process: own } = globalThis;
const send = own.send?.bind(own) as (message: unknown) => boolean;
const exit = own.exit.bind(own);
const write = writeSync;
const { Buffer: Bytes, setImmediate: soon } = globalThis;
const kept: unknown[] = [];
let taken = mode.when === undefined;

const acts: Record<Mode['does'], (call: Call) => void> = {
  nothing: () => {},
  answers: ({ id }) => void send({ id, type: 'RAW', value: mode.answer }),
  floods: () => {
    for (let n = 0; n < 1000; n++) send({ event: 'alive' });
    soon(() => acts.floods({}));
  },
  'floods with text': () => {
    send({ event: 'output', fd: 1, text: 'x'.repeat(50_000_000), terminal: null });
    soon(() => acts['floods with text']({}));
  },
  'eats memory': () => {
    kept.push(Bytes.alloc(50_000_000, 1));
    send({ event: 'alive' });
    soon(() => acts['eats memory']({}));
  },
  'writes garbage': () => void write(3, Bytes.from('\u0000\u0000\u0000\u0010not what you expect'.repeat(1000))),
  ends: () => exit(0),
};

own.on('message', (call: Call) => {
  taken ||= mode.when !== undefined && JSON.stringify(call).includes(mode.when);
  if (taken && call.id !== undefined) acts[mode.does](call);
});
if (mode.when === undefined) {
  if (!mode.mute) send({ event: 'ready' });
} else {
  // The honest engine answers too, as long as nobody has taken over: its replies come after.
  Object.assign(own, { send: (message: unknown) => taken || send(message) });
  // In a variable, so that it is not bundled.
  const name = './honest.mjs';
  await import(name);
}
