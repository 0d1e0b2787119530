/** What Drive drives: a program of the reader's, or the one that the moves of an exercise are about. */
import { optionsOf, programOf } from '../../grader/judge.ts';
import { type Answer, parseMoves } from '../../grader/moves.ts';
import { GRADE_LIMITS } from '../../worker/limits.ts';
import type { Move, Program, RunOptions } from '../../worker/protocol.ts';
import type { ExerciseData } from '../exercise-data.ts';

export interface DriveSetup {
  readonly program: Program;
  readonly options: RunOptions;
  readonly initial: readonly Move[];
  /** Why it does not begin with what the reader had written; null if it does. */
  readonly problem: string | null;
}

/** Threads may switch anywhere: a line at which nobody can be stopped is no move. A reader's run is small. */
const OPTIONS: RunOptions = {
  model: 'every-bytecode',
  clock: 'virtual',
  limits: GRADE_LIMITS,
  trace: true,
  observe: true,
};

export function driveProgram(program: Program): DriveSetup {
  return { program, options: OPTIONS, initial: [], problem: null };
}

/** For kind `break`: as the grader will make the moves, beginning with those that `answer` holds already. */
export async function driveExercise(exercise: ExerciseData, answer: string): Promise<DriveSetup> {
  const { loadSuite } = await import('../suites.ts');
  const suite = await loadSuite(exercise.slug);
  const [test] = suite.tests;
  if (!test) throw new Error(`${exercise.slug} has no test`);
  const parsed = parseMoves(answer);
  return {
    program: programOf(exercise, test, {}),
    options: { ...optionsOf(test), trace: true, observe: true },
    initial: parsed.kind === 'moves' ? parsed.moves.map(({ move }) => move) : [],
    problem: problemOf(parsed),
  };
}

function problemOf(answer: Answer): string | null {
  if (answer.kind === 'moves') return null;
  const why = answer.kind === 'schedule' ? 'it holds a schedule' : `line ${answer.line}: ${answer.message}`;
  return `Drive begins without the moves in the file (${why}), and your first move here replaces them.`;
}
