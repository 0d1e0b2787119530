/** Grades all that an author wrote for one exercise and compares with what the author said it gets. */
import type { Exercise } from '../course/schema.ts';
import { type Gradable, grade } from '../grader/grade.ts';
import type { Verdict } from '../grader/verdict.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { filesBelow, recordedStarters, SOLUTIONS, starterPrint, suiteOf } from './course-files.ts';

export interface Checked {
  readonly file: string;
  /** What it got: `passed`, or `failed no deposit is lost`. */
  readonly got: string;
  /** What is wrong and how to mend it; null if all is well. */
  readonly problem: string | null;
}

const EXPECT = /^# expect: (\w+) (.+?)\s*$/m;
const CONCURRENCY = /^# concurrency: passes under round-robin\s*$/m;
const FEWEST_WRONG = 2;

export async function checkExercise(engine: EngineClient, exercise: Exercise): Promise<Checked[]> {
  const gradable: Gradable = { slug: exercise.slug, suite: await suiteOf(exercise), support: exercise.support };
  const answers = filesBelow(`${SOLUTIONS}/${exercise.slug}`);
  const base = `solutions/${exercise.slug}`;
  const results: Checked[] = [];

  const recorded = recordedStarters()[exercise.slug];
  const starter = `exercises/${exercise.slug}/exercise.py`;
  if (recorded !== undefined && recorded !== starterPrint(exercise)) {
    results.push({ file: starter, got: "a learner's work", problem: null });
  } else {
    results.push(compare(starter, exercise.starterVerdict, await verdictOf(exercise.starter)));
  }

  const solution = answers.get('exercise.py');
  if (solution === undefined) {
    results.push({ file: `${base}/exercise.py`, got: 'missing', problem: 'Write the solution there.' });
  } else
    results.push(
      compare(`${base}/exercise.py`, 'passed', await verdictOf({ ...exercise.starter, 'exercise.py': solution })),
    );

  const wrong = [...answers.keys()].filter((name) => name.startsWith('wrong-') && name.endsWith('.py')).sort();
  const stray = [...answers.keys()].filter((name) => name !== 'exercise.py' && !wrong.includes(name));
  for (const name of stray)
    results.push({ file: `${base}/${name}`, got: 'stray', problem: 'Remove it, or name it wrong-….py.' });
  let races = 0;
  for (const name of wrong) {
    const source = answers.get(name) as string;
    const expected = EXPECT.exec(source);
    const files = { ...exercise.starter, 'exercise.py': source };
    const verdict = await verdictOf(files);
    const result = compare(`${base}/${name}`, expected ? `${expected[1]} ${expected[2]}` : null, verdict);
    results.push(result);
    if (!CONCURRENCY.test(source)) continue;
    races++;
    const calm = await verdictOf(files, 0);
    if (calm.kind !== 'passed') {
      const problem = `It says that it passes under round-robin, but there it gets: ${describe(calm)}.`;
      results.push({ file: `${base}/${name}`, got: describe(calm), problem });
    }
  }
  if (wrong.length < FEWEST_WRONG || races === 0) {
    const problem = `There must be at least ${FEWEST_WRONG} wrong-*.py, one of them marked "# concurrency: passes under round-robin".`;
    results.push({ file: base, got: `${wrong.length} wrong answers, ${races} of them races`, problem });
  }
  return results;

  async function verdictOf(files: Readonly<Record<string, string>>, seeds?: number): Promise<Verdict> {
    const suite =
      seeds === undefined ? gradable.suite : { tests: gradable.suite.tests.map((test) => ({ ...test, seeds })) };
    return (await grade(engine, { ...gradable, suite }, files).done) as Verdict;
  }
}

function compare(file: string, expected: string | null, verdict: Verdict): Checked {
  const got = describe(verdict);
  if (expected === null)
    return { file, got, problem: 'Say what it gets: a first line "# expect: <verdict> <test name>".' };
  if (got === expected) return { file, got, problem: null };
  const why = verdict.kind === 'passed' ? '' : `\n    ${verdict.message.replaceAll('\n', '\n    ')}`;
  return { file, got, problem: `It should get: ${expected}.${why}` };
}

export function describe(verdict: Verdict): string {
  return verdict.kind === 'passed' ? 'passed' : `${verdict.kind} ${verdict.test}`;
}
