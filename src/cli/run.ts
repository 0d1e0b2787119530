/** `hb run`: a Python program in the sandbox, with stdin, stdout, stderr and the exit code its own. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { explainOutcome } from '../grader/explain.ts';
import type { ClockKind, RunRecord, SwitchModel } from '../kernel/types.ts';
import { chromeTrace } from '../trace/chrome-trace.ts';
import { buildTimeline } from '../trace/lanes.ts';
import { conclusions, narrate } from '../trace/narrate.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import type { Program, ScheduleRequest } from '../worker/protocol.ts';
import { BadLink, decodeReplay, encodeReplay, isLink, type Replayable } from '../worker/replay-link.ts';
import { Console } from './console.ts';
import { openEngine } from './open-engine.ts';
import { readProgram, readWorldProgram } from './program.ts';
import { Usage } from './usage.ts';

const HELP = `hb run [OPTIONS] FILE [ARGS…]
hb run [OPTIONS] -m MODULE [ARGS…]
hb run [OPTIONS] HOSTS.json

  --seed N            a random schedule instead of round-robin; the same N gives the same run
  --schedule STRING   the run that a verdict or another run named; a replay link brings its program along
  --link              says at the end what to put behind the address of the site's /replay page to show this run
  --model MODEL       where threads may be preempted: cpython (default), every-bytecode, blocking-only
  --clock CLOCK       virtual (default: sleeping takes no time) or real
  --parallel          each process on a processor of its own, by the real clock: no run repeats another
  --explain           tells at the end, on stderr, what happened: one line a step
  --trace FILE.json   writes what happened, event by event
  --trace-out FILE    writes it as ui.perfetto.dev and chrome://tracing open it
  --max-steps N       stops a program that does not end

HOSTS.json describes several machines; every file in its folder is on each of them.

  {
    "hosts": [{ "name": "master" }, { "name": "worker", "address": "10.0.0.2", "files": ["task_worker.py"] }],
    "terminals": [
      { "host": "master", "command": "python3 task_master.py" },
      { "name": "w1", "host": "worker", "command": "python3 task_worker.py", "start": 0.5 }
    ],
    "links": [{ "from": "*", "to": "worker", "latency": 0.02, "loss": 0.1 }]
  }

  terminals           also "stdin", "service" (nobody waits for its end), "reboots" (runs again when its host does);
                      "start" is a time in seconds, null: when you type !start
  links               "latency", "jitter" (seconds), "loss", "duplicate", "reorder" (0 to 1), "bandwidth" (bytes/s)
  faults              what may happen: {"most": 1, "of": [{"kind": "crash", "host": "worker", "backAfter": 2}]}
Each line of output begins with its terminal's name. A line that you type goes to the first terminal, "w1: …" to w1;
!start, !kill, !restart TERMINAL, !crash, !boot HOST, !cut HOST …, !heal and !end act on the world (with --clock real).
There the exit code is the first one, in the terminals' order, that is not 0.

Exit code: the program's; 123 after a deadlock, 124 at a limit, 125 if the schedule does not fit the program.
`;
/** Of an explanation. */
const MOST_LINES = 200;
const MODELS = ['cpython', 'every-bytecode', 'blocking-only'];

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
      'trace-out': { type: 'string' },
      explain: { type: 'boolean' },
      link: { type: 'boolean' },
      parallel: { type: 'boolean', default: false },
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
  const link = values.schedule !== undefined && isLink(values.schedule) ? await openLink(values.schedule) : null;
  const own = link === null || values.module !== undefined || rest.length > 0;
  const described = values.module === undefined && rest[0]?.endsWith('.json') ? rest[0] : undefined;
  if (described !== undefined && rest.length > 1)
    throw new Usage('hb run: the commands stand in the file, with their arguments');
  const written = described === undefined ? null : readWorldProgram('hb run', described);
  const program = written ?? (own ? readProgram('hb run', values.module, rest, HELP) : link.program);
  const interactive = own || link.interactive;
  const { world } = program;
  if (world && values.parallel) throw new Usage('hb run: several hosts cannot run on processors of their own');
  const screen = new Console(world ?? null);
  const schedule = choose(values.parallel, values.seed, link?.schedule ?? values.schedule);
  if (values.parallel && values.link) throw new Usage('hb run: no link can repeat what --parallel ran');
  const steps = values['max-steps'] === undefined ? RUN_LIMITS.steps : whole('--max-steps', values['max-steps']);
  const told = values.explain === true || values['trace-out'] !== undefined;

  const engine = await openEngine();
  const handle = engine.run(
    program,
    schedule,
    {
      model: values.model as SwitchModel,
      clock: values.clock as ClockKind,
      limits: { ...RUN_LIMITS, steps },
      trace: values.trace !== undefined || told,
      observe: told,
    },
    screen.events,
    interactive,
    link && link.acts.length > 0 ? link.acts : undefined,
  );
  screen.listen(handle);
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
  screen.flush();
  if (!record) return 1;
  if (values.trace !== undefined) writeFileSync(values.trace, `${JSON.stringify(record, null, 1)}\n`);
  const perfetto = values['trace-out'];
  if (perfetto !== undefined) writeFileSync(perfetto, `${JSON.stringify(chromeTrace(record))}\n`);
  await drained();
  if (values.explain) process.stderr.write(explanation(record));
  if (values.link) process.stderr.write(`hb: ${await linkOf(program, record, interactive)}\n`);
  return conclude(record);
}

export function replay(args: string[]): Promise<number> {
  const [link = '', ...more] = args;
  if (link === '' || more.length > 0) throw new Usage('hb replay LINK: what a Copy link button copied, in quotes');
  return run(['--schedule', isLink(link) ? link : `replay=${link}`]);
}

async function openLink(link: string): Promise<Replayable> {
  try {
    return await decodeReplay(link);
  } catch (error) {
    throw error instanceof BadLink ? new Usage(`hb: ${error.message}`) : error;
  }
}

async function linkOf(program: Program, { schedule, acts = [] }: RunRecord, interactive: boolean): Promise<string> {
  if (schedule === '') return 'no link: the run was destroyed before it had a schedule';
  try {
    return `link: /replay#${await encodeReplay({ program, schedule, interactive, acts })}`;
  } catch (error) {
    if (error instanceof BadLink) return `no link: ${error.message}`;
    throw error;
  }
}

/** Every step, unless there are too many to read; then what they amount to. */
function explanation(record: RunRecord): string {
  const lines = [...narrate(buildTimeline(record), MOST_LINES), ...conclusions(record)];
  return lines.map((line) => `hb: ${line}\n`).join('');
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
    at += arg.includes('=') || ['--help', '-h', '--link', '--explain', '--parallel'].includes(arg) ? 1 : 2;
  }
  return { flags: args.slice(0, at), rest: args.slice(at) };
}

function choose(parallel: boolean, seed: string | undefined, schedule: string | undefined): ScheduleRequest {
  if (parallel && (seed !== undefined || schedule !== undefined))
    throw new Usage('hb run: with --parallel there is no schedule to choose');
  if (parallel) return { kind: 'parallel' };
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

/** Waits until what the program wrote has left this process. */
async function drained(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableLength > 0) await new Promise((resolve) => stream.once('drain', resolve));
  }
}
