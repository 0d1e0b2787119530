/** `hb drive FILE`: the reader is the scheduler. Each answer runs the program anew with the moves so far. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { explainOutcome } from '../grader/explain.ts';
import { callThread, formatMoves } from '../grader/moves.ts';
import { threadsNow, variablesNow } from '../grader/threads-now.ts';
import type { RunRecord, SwitchModel } from '../kernel/types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import type { DriveState, Move, Program, RunOptions } from '../worker/protocol.ts';
import { openEngine } from './open-engine.ts';
import { readProgram } from './program.ts';
import { Usage } from './usage.ts';

const HELP = `hb drive [--model MODEL] FILE [ARGS…]

At each stop the program's threads are listed with the line that each would run next. Then type

  2        thread 2 takes one step            2 5   … five steps
  2 l      … to its next line                 2 w   … until it waits or ends
  l, w     the same for the thread that went last
  u        undoes the last move               m     prints the moves, as moves.txt wants them
  q        ends here

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
  let shown = '';
  try {
    for (;;) {
      const state = await engine.drive({ program, options, moves, stop: true }).done;
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
      const next = await ask(lines, state, moves, say);
      if (next === null) {
        if (!ended) say(conclusion(state.record));
        return 0;
      }
      moves = next;
    }
  } finally {
    engine.dispose();
  }
}

/** Reads lines until one of them changes the moves; null: the reader has had enough. */
async function ask(
  lines: AsyncIterator<string>,
  state: DriveState,
  moves: readonly Move[],
  say: (text: string) => void,
): Promise<readonly Move[] | null> {
  for (;;) {
    say('> ');
    const { value, done } = await lines.next();
    const word = done ? 'q' : value.trim();
    if (done) say('\n');
    if (word === 'q') return null;
    if (word === 'u' && moves.length > 0) return moves.slice(0, -1);
    const move = readMove(word, state, moves);
    if (typeof move !== 'string') return [...moves, move];
    say(word === 'm' ? formatMoves(moves) : `${move}\n`);
  }
}

/** The move that a line means, or what is wrong with it. */
function readMove(word: string, { record, choices }: DriveState, moves: readonly Move[]): Move | string {
  if (word === 'u') return 'There is no move to undo.';
  const [, number, how = ''] = /^(\d{1,6})?\s*(l|w|\d{1,6})?$/.exec(word) ?? [];
  if (number === undefined && how === '') return "Type a thread's number, l, w, u, m or q.";
  const last = moves.at(-1)?.thread;
  if (number === undefined && last === undefined) return 'No thread has gone yet: type its number.';
  if (number !== undefined && !choices.some(({ task }) => task === Number(number)))
    return choices.length === 0 ? 'The program has ended.' : `Thread ${number} cannot go on now.`;
  const task = record.trace.tasks.find(({ id }) => id === Number(number)) ?? { id: Number(number), name: '' };
  const thread = number === undefined ? (last as Move['thread']) : callThread(task, record.trace.tasks);
  if (how === 'l') return { thread, until: { kind: 'next-line' } };
  if (how === 'w') return { thread, until: { kind: 'wait' } };
  return { thread, until: { kind: 'step', count: Math.max(1, Number(how || 1)) } };
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
