/** The author's side of kind `predict`: the options must hold every outcome that the program can have. */
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { Gradable } from '../grader/grade.ts';
import { parseOptions } from '../grader/options.ts';
import { enumerate, Unpredictable } from '../grader/outcomes.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Checked } from './course-files.ts';

/** `starter` is undefined when the learner has worked on it. */
export async function checkOptions(
  engine: EngineClient,
  gradable: Gradable,
  solution: string,
  starter: string | undefined,
): Promise<Checked> {
  const file = `exercises/${gradable.slug}/${ANSWER_FILE.predict}`;
  const options = optionsOf(solution);
  if (starter !== undefined && optionsOf(starter).join('\n') !== options.join('\n')) {
    return { file, got: 'other options', problem: 'It and the solution must list the same options in the same order.' };
  }
  const [test] = gradable.suite.tests;
  if (gradable.suite.tests.length !== 1 || !test?.predicts)
    return { file, got: 'no prediction', problem: 'tests.ts must hold one prediction(…) and nothing else.' };
  try {
    const outcomes = await enumerate(engine, gradable, test).done;
    const possible = [...(outcomes?.runs.keys() ?? [])];
    const missing = possible.filter((text) => !options.includes(text));
    const got = `${possible.length} of ${options.length} options possible, ${outcomes?.proof}`;
    const list = missing.map((text) => `"${text}"`).join(', ');
    const problem = missing.length === 0 ? null : `The program can also do this: ${list}. List it as an option.`;
    return { file, got, problem };
  } catch (error) {
    if (!(error instanceof Unpredictable)) throw error;
    return { file, got: 'not enumerable', problem: error.message };
  }
}

function optionsOf(text: string): string[] {
  const parsed = parseOptions(text);
  return parsed.kind === 'options' ? parsed.options.map((option) => option.text) : [];
}
