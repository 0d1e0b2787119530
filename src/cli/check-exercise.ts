/** Grades all that an author wrote for one exercise and compares with what the author said it gets. */
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { Exercise } from '../course/schema.ts';
import { type Gradable, grade } from '../grader/grade.ts';
import { CALM, type Plan, RANDOM } from '../grader/plans.ts';
import type { Verdict } from '../grader/verdict.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { checkOptions } from './check-options.ts';
import { type Checked, filesBelow, gradableOf, isUntouched, RECORDED_STARTER, SOLUTIONS } from './course-files.ts';

const EXPECT = /^# expect: (\w+) (.+?)\s*$/m;
const CONCURRENCY = /^# concurrency: passes (under round-robin|200 random schedules)\s*$/m;
const FEWEST_WRONG = 2;

/** All that there is of one exercise. */
export interface Material {
  readonly exercise: Exercise;
  readonly gradable: Gradable;
  /** What lies in solutions/T/S. */
  readonly answers: ReadonlyMap<string, string>;
  /** False: the learner has worked on it, and what it was like before is not known. */
  readonly asItCame: boolean;
}

/** `accept`: the author says that what lies in exercises/ is the starter. */
export async function checkExercise(engine: EngineClient, exercise: Exercise, accept = false): Promise<Checked[]> {
  const asItCame = accept || isUntouched(exercise);
  const gradable = await gradableOf(exercise, asItCame);
  const answers = filesBelow(`${SOLUTIONS}/${exercise.slug}`);
  return checkMaterial(engine, { exercise, gradable, answers, asItCame });
}

export async function checkMaterial(engine: EngineClient, material: Material): Promise<Checked[]> {
  const { exercise, gradable, answers, asItCame } = material;
  const { slug, kind } = exercise;
  const answer = ANSWER_FILE[kind];
  const base = `solutions/${slug}`;
  const starter = `exercises/${slug}/${answer}`;
  const results: Checked[] = [];

  if (asItCame) results.push(compare(starter, exercise.starterVerdict, await verdictOf(exercise.starter)));
  else results.push({ file: starter, got: "a learner's work", problem: null });
  if (kind === 'break') {
    const file = `${starter}, empty`;
    const { kind: got } = await verdictOf({ [answer]: '' });
    const problem = got === 'passed' ? 'Round-robin alone reaches the goal. Choose one that takes a choice.' : null;
    results.push({ file, got, problem });
  }

  const solution = answers.get(answer);
  if (solution === undefined) {
    results.push({ file: `${base}/${answer}`, got: 'missing', problem: 'Write the solution there.' });
  } else
    results.push(compare(`${base}/${answer}`, 'passed', await verdictOf({ ...exercise.starter, [answer]: solution })));
  if (kind === 'predict' && solution !== undefined)
    results.push(await checkOptions(engine, gradable, solution, asItCame ? exercise.starter[answer] : undefined));

  const ending = answer.slice(answer.lastIndexOf('.'));
  const wrong = [...answers.keys()].filter((name) => name.startsWith('wrong-') && name.endsWith(ending)).sort();
  const known = new Set([answer, ...wrong, ...(kind === 'order' ? [RECORDED_STARTER] : [])]);
  const stray = [...answers.keys()].filter((name) => !known.has(name));
  for (const name of stray)
    results.push({ file: `${base}/${name}`, got: 'stray', problem: `Remove it, or name it wrong-…${ending}.` });
  let races = 0;
  for (const name of wrong) {
    const source = answers.get(name) as string;
    const expected = EXPECT.exec(source);
    const files = { ...exercise.starter, [answer]: source };
    const verdict = await verdictOf(files);
    const result = compare(`${base}/${name}`, expected ? `${expected[1]} ${expected[2]}` : null, verdict);
    results.push(result);
    const passes = CONCURRENCY.exec(source)?.[1];
    if (passes === undefined) continue;
    races++;
    const calm = await verdictOf(files, passes === 'under round-robin' ? CALM : RANDOM);
    if (calm.kind !== 'passed') {
      const problem = `It says that it passes ${passes}, but it gets: ${describe(calm)}.`;
      results.push({ file: `${base}/${name}`, got: describe(calm), problem });
    }
  }
  const wantsRace = kind === 'write' || kind === 'fix';
  if (wrong.length < FEWEST_WRONG || (wantsRace && races === 0)) {
    const marked = wantsRace ? ', one of them marked "# concurrency: passes under round-robin"' : '';
    const problem = `There must be at least ${FEWEST_WRONG} wrong-*${ending}${marked}.`;
    results.push({ file: base, got: `${wrong.length} wrong answers, ${races} of them races`, problem });
  }
  return results;

  async function verdictOf(files: Readonly<Record<string, string>>, plans?: readonly Plan[]): Promise<Verdict> {
    return (await grade(engine, { ...gradable, ...(plans && { plans }) }, files).done) as Verdict;
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
