/** Grades kind `break`: makes the learner's moves on the given program and sees whether its goal is reached. */
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Program, RunOptions } from '../worker/protocol.ts';
import type { Files, Gradable, Grading } from './gradable.ts';
import { judge, optionsOf, programOf } from './judge.ts';
import { formatMove, parseMoves, type WrittenMove } from './moves.ts';
import type { Finding, TestReport, Verdict } from './verdict.ts';
import { failingOf, failure, refusal } from './verdict-of.ts';

const FORMS = 'One move a line: "NAME until line 12", "NAME until next line", "NAME until it waits", "NAME step 3".';
const FITS =
  'A schedule fits the very program that it was recorded for, and switches threads where that may be done here.';
const IMPOSSIBLE = 'Drive the program up to that move and see which threads could go on instead.';

type Played =
  | { readonly run: RunRecord; readonly proof: string }
  | { readonly refused: string; readonly hint: string }
  | null;

export function gradeBreak(engine: EngineClient, exercise: Gradable, files: Files): Grading {
  let halt: () => void = () => {};
  let stopped = false;
  const file = ANSWER_FILE.break;
  const answer = parseMoves(files[file] ?? '');

  async function moves(program: Program, options: RunOptions, written: readonly WrittenMove[]): Promise<Played> {
    const handle = engine.drive({ program, options, moves: written.map(({ move }) => move), stop: false });
    halt = handle.stop;
    const state = await handle.done;
    if (!state) return null;
    const { record, refused } = state;
    const wrong = refused && written[refused.move];
    if (refused && wrong) {
      const refusal = `Move ${refused.move + 1} (line ${wrong.line}: "${formatMove(wrong.move)}") cannot be made: ${refused.why}.`;
      return { refused: refusal.replace(/\.\.$/, '.'), hint: IMPOSSIBLE };
    }
    const count = written.length === 1 ? '1 move' : `${written.length} moves`;
    return { run: record, proof: written.length === 0 ? 'no moves: round-robin' : `${count}, then round-robin` };
  }

  async function schedule(program: Program, options: RunOptions, text: string): Promise<Played> {
    const handle = engine.run(program, { kind: 'replay', schedule: text }, options, {}, false);
    halt = handle.stop;
    try {
      const run = await handle.done;
      if (run && modelOf(run.schedule) !== options.model.charAt(0))
        return { refused: `The schedule is one of another switch model than ${options.model}.`, hint: FITS };
      return run && { run, proof: 'with the schedule given' };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // A schedule that does not fit is the learner's mistake; whatever else goes wrong is ours.
      if (!/\bschedule\b/.test(why)) throw error;
      return {
        refused: `The schedule cannot be replayed: ${why}.`,
        hint: FITS,
      };
    }
  }

  async function all(): Promise<Verdict | null> {
    if (answer.kind === 'problem') return refusal(exercise, `${file}, line ${answer.line}: ${answer.message}.`, FORMS);
    const reports: TestReport[] = [];
    const findings: Finding[] = [];
    let first: Verdict | null = null;
    for (const test of exercise.suite.tests) {
      if (stopped) return null;
      const program = programOf(exercise, test, files);
      const options = optionsOf(test);
      const played = await (answer.kind === 'schedule'
        ? schedule(program, options, answer.schedule)
        : moves(program, options, answer.moves));
      if (!played) return null;
      if ('refused' in played) return refusal(exercise, played.refused, played.hint);
      const { run, proof } = played;
      const judged = judge(test, run);
      const why = judged && exercise.everyTest && { failure: failingOf(test, judged, run) };
      reports.push({ name: test.name, verdict: judged?.kind ?? 'passed', proof, ...why });
      if (judged) {
        first ??= failure(test, reports, judged, run);
        if (exercise.everyTest) continue;
        break;
      }
      findings.push({ test: test.name, text: test.name, schedule: run.schedule, run });
    }
    return first ?? { kind: 'passed', tests: reports, findings };
  }

  return {
    done: all(),
    stop() {
      stopped = true;
      halt();
    },
  };
}

/** The letter of the switch model: a schedule brings its own along, and a finer one could do what these moves cannot. */
function modelOf(schedule: string): string {
  return (schedule.split('.')[1] ?? '').toLowerCase();
}
