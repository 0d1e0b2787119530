/** `hb drive FILE`: the reader is the scheduler. Each answer runs the program anew with the moves so far. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { explainOutcome } from '../grader/explain.ts';
import { formatMoves } from '../grader/moves.ts';
import { threadsNow, variablesNow } from '../grader/threads-now.ts';
import type { RunRecord, SwitchModel } from '../kernel/types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import type { DriveState, Move, Program, RunOptions } from '../worker/protocol.ts';
import { readCommand } from './drive-command.ts';
import { openEngine } from './open-engine.ts';
import { readProgram } from './program.ts';
import { Usage } from './usage.ts';

const HELP = `hb drive [--model MODEL] FILE [ARGS…]

At each stop the program's threads are listed with the line that each would run next. Then type

  2        thread 2 takes one step            2 5   … five steps
  2 l      … to its next line                 2 w   … until it waits or ends
  2 l 14   … up to line 14
  l, w     the same for the thread that went last
  undo     takes the last move back           finish  lets it go on, each thread in its turn
  moves    prints the moves, as moves.txt wants them; quit ends here. The first letter will do.
A line of moves.txt ("clerk-1 until line 12") is a move, too.

--model: every-bytecode (default), cpython or blocking-only. A step is what lies between two points where threads may switch.
`;
const MODELS: readonly SwitchModel[] = ['every-bytecode', 'cpython', 'blocking-only'];

export async function drive(args: string[]): Promise<number> {
  const end = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--model');
  const { values } = parseArgs({
    args: end < 0 ? args : args.slice(0, end),
    options: { model: { type: 'string', default: 'every-bytecode' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const model = MODELS.find((name) => name === values.model);
  if (!model) throw new Usage(`hb drive: --model is one of ${MODELS.join(', ')}`);
  const program = readProgram('hb drive', undefined, end < 0 ? [] : args.slice(end), HELP);
  const options: RunOptions = { model, clock: 'virtual', limits: RUN_LIMITS, trace: true, observe: true };

  const engine = await openEngine();
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const say = (text: string) => void process.stdout.write(text);
  let moves: readonly Move[] = [];
  let finish = false;
  let shown = '';
  try {
    for (;;) {
      const state = await engine.drive({ program, options, moves, stop: !finish }).done;
      if (!state) return 1;
      const output = state.record.stdout + state.record.stderr;
      say(output.startsWith(shown) ? output.slice(shown.length) : `-- output so far\n${output}`);
      shown = output;
      if (state.refused) {
        say(`${state.refused.why}\n`);
        moves = moves.slice(0, state.refused.move);
        continue;
      }
      const ended = state.record.outcome.kind !== 'paused';
      say(ended ? conclusion(state.record) : listing(state, program));
      const command = await ask(lines, state, moves, say);
      if (command.kind === 'quit') {
        if (!ended) say(`-- schedule: ${state.record.schedule}\n`);
        return 0;
      }
      if (command.kind === 'move') moves = [...moves, command.move];
      else if (command.kind === 'undo' && !finish) moves = moves.slice(0, -1);
      finish = command.kind === 'finish';
    }
  } finally {
    engine.dispose();
  }
}

/** What changes the run. */
type Leading = { readonly kind: 'move'; readonly move: Move } | { readonly kind: 'undo' | 'finish' | 'quit' };

/** Reads lines until one of them leads on. */
async function ask(
  lines: AsyncIterator<string>,
  state: DriveState,
  moves: readonly Move[],
  say: (text: string) => void,
): Promise<Leading> {
  for (;;) {
    say('> ');
    const { value, done } = await lines.next();
    if (done) {
      say('\n');
      return { kind: 'quit' };
    }
    const command = readCommand(value, state, moves);
    const { kind } = command;
    if (kind === 'move') return command;
    if (kind === 'problem') say(`${command.message}\n`);
    else if (kind === 'help') say(HELP);
    else if (kind === 'moves') say(formatMoves(moves));
    else return { kind };
  }
}

function listing(state: DriveState, program: Program): string {
  const threads = threadsNow(state, program);
  const wide = Math.max(...threads.map(({ name }) => name.length));
  const rows = threads.map(({ task, name, at, what, state: now }) => {
    const where = at ? `${at.file}:${at.line}` : '';
    return `${now === 'ready' ? String(task).padStart(3) : '  -'}  ${name.padEnd(wide)}  ${where.padEnd(14)}  ${what}\n`;
  });
  const values = variablesNow(state.record.trace).map(({ variable, value }) => `${variable.name} = ${value}`);
  return `${rows.join('')}${values.length > 0 ? `     ${values.join(', ')}\n` : ''}`;
}

function conclusion(record: RunRecord): string {
  return `-- ${explainOutcome(record).replaceAll('\n', '\n-- ')}\n-- schedule: ${record.schedule}\n`;
}
