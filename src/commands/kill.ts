/** `kill`, as procps has it, and the names of signals. */
import { isFailed } from '../kernel/errno.ts';
import { SIGNALS, type Signal } from '../kernel/processes/types.ts';
import { program, wait } from './program.ts';
import { quoted, reason } from './reasons.ts';

const NUMBERS = new Map<string, Signal>(Object.entries(SIGNALS).map(([name, number]) => [name.slice(3), number]));
const NAMES = new Map<Signal, string>([...NUMBERS].map(([name, number]) => [number, name]));

/** `TERM`, `SIGTERM`, `term` or `15`; null: there is none of that name. */
export function signalOf(text: string): Signal | null {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= 64 ? Number(text) : null;
  return NUMBERS.get(text.toUpperCase().replace(/^SIG/, '')) ?? null;
}

/** The name without SIG, or the number. */
export function signalName(signal: Signal): string {
  return NAMES.get(signal) ?? String(signal);
}

/** What is to be killed and how; or the complaint. Both the command and the shell's builtin take it. */
export type KillRequest =
  | { readonly kind: 'kill'; readonly signal: Signal; readonly targets: readonly string[] }
  | { readonly kind: 'list'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string };

export function killRequest(words: readonly string[]): KillRequest {
  const rest = [...words];
  let signal: Signal = SIGNALS.SIGTERM;
  const first = rest[0] ?? '';
  if (/^(-l|-L|--list)$/.test(first)) {
    if (rest.length === 1) return { kind: 'list', text: `${[...NUMBERS.keys()].join(' ')}\n` };
    const shown = rest.slice(1).map((word) => {
      const number = Number(word);
      // A wait status as `$?` shows it names its signal too.
      if (Number.isInteger(number)) return NAMES.get(number > 128 ? number - 128 : number) ?? null;
      return signalOf(word)?.toString() ?? null;
    });
    const wrong = shown.indexOf(null);
    if (wrong >= 0) return { kind: 'wrong', text: `unknown signal name ${rest[wrong + 1]}` };
    return { kind: 'list', text: shown.map((line) => `${line}\n`).join('') };
  }
  if (/^-./.test(first) && first !== '--') {
    rest.shift();
    const named = /^(-s|--signal)(?:=(.*))?$/.exec(first);
    const name = named ? (named[2] ?? rest.shift() ?? '') : first.slice(1);
    const known = signalOf(name);
    if (known === null) return { kind: 'wrong', text: `unknown signal name ${name}` };
    signal = known;
  }
  if (rest[0] === '--') rest.shift();
  return { kind: 'kill', signal, targets: rest };
}

export const kill = program('kill', 1, function* (run) {
  const request = killRequest(run.process.argv.slice(1));
  if (request.kind === 'wrong') return yield* run.fail(1, request.text);
  if (request.kind === 'list') {
    yield* run.out(request.text);
    return 0;
  }
  if (request.targets.length === 0) {
    yield* run.errorText(`\nUsage:\n ${run.name} [options] <pid> [...]\n`);
    return 1;
  }
  let code = 0;
  for (const target of request.targets) {
    if (!/^-?\d{1,9}$/.test(target)) return yield* run.fail(1, `failed to parse argument: ${quoted(target)}`);
    const sent = yield* wait(run.calls.kill(Number(target), request.signal));
    if (!isFailed(sent)) continue;
    yield* run.error(`(${target}): ${reason(sent)}`);
    code = 1;
  }
  return code;
});
