/** `hb run`: a Python program in the sandbox, with stdin, stdout, stderr and the exit code its own. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { explainOutcome } from '../grader/explain.ts';
import type { ClockKind, RunRecord, SwitchModel } from '../kernel/types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import type { Entry, ScheduleRequest } from '../worker/protocol.ts';
import { openEngine } from './open-engine.ts';
import { Usage } from './usage.ts';

const HELP = `hb run [OPTIONS] FILE [ARGS…]
hb run [OPTIONS] -m MODULE [ARGS…]

  --seed N            a random schedule instead of round-robin; the same N gives the same run
  --schedule STRING   the run that a verdict or another run named
  --model MODEL       where threads may be preempted: cpython (default), every-bytecode, blocking-only
  --clock CLOCK       virtual (default: sleeping takes no time) or real
  --trace FILE.json   writes what happened, event by event
  --max-steps N       stops a program that does not end

Exit code: the program's; 123 after a deadlock, 124 at a limit, 125 if the schedule does not fit the program.
`;
const MODELS = ['cpython', 'every-bytecode', 'blocking-only'];
/** Of the program's folder no more than this is carried into the sandbox. */
const MOST_FILES = 2000;
const MOST_BYTES = 16 * 1024 * 1024;

export async function run(args: string[]): Promise<number> {
  const { flags, rest } = split(args);
  const { values } = parseArgs({
    args: flags,
    options: {
      seed: { type: 'string' },
      schedule: { type: 'string' },
      model: { type: 'string', default: 'cpython' },
      clock: { type: 'string', default: 'virtual' },
      trace: { type: 'string' },
      'max-steps': { type: 'string' },
      module: { type: 'string', short: 'm' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (!MODELS.includes(values.model)) throw new Usage(`hb run: --model is one of ${MODELS.join(', ')}`);
  if (values.clock !== 'virtual' && values.clock !== 'real') throw new Usage('hb run: --clock is virtual or real');
  const { entry, folder } = target(values.module, rest);
  const schedule = choose(values.seed, values.schedule);
  const steps = values['max-steps'] === undefined ? RUN_LIMITS.steps : whole('--max-steps', values['max-steps']);

  const engine = await openEngine();
  const handle = engine.run(
    { files: collect(folder), entry },
    schedule,
    {
      model: values.model as SwitchModel,
      clock: values.clock as ClockKind,
      limits: { ...RUN_LIMITS, steps },
      trace: values.trace !== undefined,
    },
    { output: (fd, text) => void (fd === 1 ? process.stdout : process.stderr).write(text) },
    true,
  );
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text) => handle.input(String(text)));
  process.stdin.on('end', () => handle.input(null));
  process.on('SIGINT', () => process.exit(130));
  let record: RunRecord | null;
  try {
    record = await handle.done;
  } catch (error) {
    process.stderr.write(`hb: ${error instanceof Error ? error.message : error}\n`);
    return 125;
  } finally {
    process.stdin.destroy();
    engine.dispose();
  }
  if (!record) return 1;
  if (values.trace !== undefined) writeFileSync(values.trace, `${JSON.stringify(record, null, 1)}\n`);
  await drained();
  return conclude(record);
}

function conclude(record: RunRecord): number {
  const { outcome } = record;
  if (outcome.kind === 'exit') return outcome.code;
  if (outcome.kind === 'exception') return outcome.type === 'KeyboardInterrupt' ? 130 : 1;
  process.stderr.write(`hb: ${explainOutcome(record).replaceAll('\n', '\nhb: ')}\n`);
  if (record.schedule) process.stderr.write(`hb: again: hb run --schedule ${record.schedule} …\n`);
  return outcome.kind === 'deadlock' ? 123 : 124;
}

/** Our options end where the program's name begins; everything after it is the program's. */
function split(args: string[]): { flags: string[]; rest: string[] } {
  let at = 0;
  while (at < args.length) {
    const arg = args[at] as string;
    if (arg === '-m' || arg === '--module') return { flags: args.slice(0, at + 2), rest: args.slice(at + 2) };
    if (!arg.startsWith('-')) break;
    at += arg.includes('=') || arg === '--help' || arg === '-h' ? 1 : 2;
  }
  return { flags: args.slice(0, at), rest: args.slice(at) };
}

function target(module: string | undefined, rest: string[]): { entry: Entry; folder: string } {
  if (module !== undefined) return { entry: { kind: 'module', module, args: rest }, folder: process.cwd() };
  const [file, ...args] = rest;
  if (file === undefined) throw new Usage(`hb run: which file?\n\n${HELP}`);
  if (!existsSync(file)) throw new Usage(`hb run: there is no file ${file}`);
  if (statSync(file).isDirectory()) throw new Usage(`hb run: ${file} is a folder; name the program inside it`);
  return { entry: { kind: 'script', file: path.basename(file), args }, folder: path.dirname(path.resolve(file)) };
}

function choose(seed: string | undefined, schedule: string | undefined): ScheduleRequest {
  if (seed !== undefined && schedule !== undefined) throw new Usage('hb run: --seed or --schedule, not both');
  if (schedule !== undefined) return { kind: 'replay', schedule };
  return seed === undefined ? { kind: 'round-robin' } : { kind: 'random', seed: whole('--seed', seed) };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value > 4_294_967_295)
    throw new Usage(`hb run: ${name} takes a whole number, not "${text}"`);
  return value;
}

/** The program's folder: Python files first, then whatever else fits. Links and hidden things stay outside. */
function collect(folder: string): Record<string, Uint8Array> {
  const found: { name: string; size: number }[] = [];
  const walk = (below: string, depth: number) => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === '__pycache__') continue;
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && depth < 6 && found.length < MOST_FILES) walk(name, depth + 1);
      if (entry.isFile()) found.push({ name, size: statSync(path.join(folder, name)).size });
    }
  };
  walk('', 0);
  const isPython = (name: string) => (name.endsWith('.py') ? 0 : 1);
  found.sort((a, b) => isPython(a.name) - isPython(b.name) || a.name.split('/').length - b.name.split('/').length);
  const files: Record<string, Uint8Array> = {};
  let total = 0;
  for (const { name, size } of found.slice(0, MOST_FILES)) {
    if (total + size > MOST_BYTES) continue;
    total += size;
    files[name] = new Uint8Array(readFileSync(path.join(folder, name)));
  }
  return files;
}

/** Waits until what the program wrote has left this process. */
async function drained(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableLength > 0) await new Promise((resolve) => stream.once('drain', resolve));
  }
}
