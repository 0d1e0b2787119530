/** How fast a class is graded: made-up students with real answers, through the lanes that `hb classroom grade` uses. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assignment as schema } from '../classroom/assignment.ts';
import type { GradingJob } from '../classroom/graded.ts';
import { openLanes } from '../cli/classroom/lanes.ts';
import { exercisesOf, readCourse, SOLUTIONS } from '../cli/course-files.ts';
import { ANSWER_FILE } from '../course/answer-file.ts';
import { countOf } from '../grader/count-of.ts';
import { ENGINE_VERSION } from '../worker/identity.ts';
import { goal, type Row, thousands } from './rows.ts';

export interface ClassFigures {
  readonly students: number;
  readonly exercises: number;
  readonly lanes: number;
  /** From the first grading to the last; the lanes are open before. */
  readonly seconds: number;
  /** Of a hundred gradings. */
  readonly passed: number;
}

/** What a teacher would hand out after three chapters: something of most kinds, none of which takes long. */
export const ASSIGNED = [
  'threads/heartbeat',
  'threads/request-context',
  'threads/autosave',
  'threads/after-you',
  'locks/lost-update',
  'locks/three-deposits',
  'locks/last-seat',
  'synchronisation/bell',
  'synchronisation/nobody-called',
  'synchronisation/last-message',
];

const GOAL = 10;

/** Of ten students' answers to an exercise so many are right, and one is the starter; the others are the known wrong ones. */
const RIGHT = 6;

export async function measureClass(engine: string, students: number, lanes: number): Promise<ClassFigures> {
  const assignment = schema.parse({
    format: 'happens-before/assignment',
    version: 1,
    id: 'bench',
    title: 'Bench',
    engine: ENGINE_VERSION,
    exercises: ASSIGNED.map((slug) => ({ slug, points: 1 })),
  });
  const jobs = madeUpJobs(students);
  const graders = await openLanes({ assignment, privateFolder: '', lanes, engine });
  const began = performance.now();
  const all = await Promise.all(
    jobs.map(async ({ job, right }) => {
      const { tests, broken } = await graders.grade(job);
      const passed = tests.every(({ verdict }) => verdict === 'passed');
      if (broken !== undefined || passed !== right)
        throw new Error(`${job.slug} of ${job.from}: ${broken ?? JSON.stringify(tests)}`);
      return passed;
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await graders.close();
  const passed = (100 * all.filter(Boolean).length) / all.length;
  return { students, exercises: ASSIGNED.length, lanes, seconds, passed };
}

export function classRow({ students, exercises, lanes, seconds, passed }: ClassFigures): Row {
  const rate = (students * exercises) / seconds;
  return [
    `gradings a second, ${countOf(lanes, 'lane')}`,
    rate.toFixed(1),
    goal(rate >= GOAL, `≥ ${GOAL}`),
    `${thousands(students)} submissions of ${exercises} exercises, no two answers the same, ${passed.toFixed(0)} % right; a new engine process for each student; ${ASSIGNED.join(', ')}`,
  ];
}

/** Each text is one student's alone, so that nothing is graded for two at once. */
function madeUpJobs(students: number): { job: GradingJob; right: boolean }[] {
  const all = exercisesOf(readCourse());
  const answers = ASSIGNED.map((slug) => {
    const exercise = all.find((one) => one.slug === slug);
    if (!exercise) throw new Error(`there is no ${slug} to grade`);
    const file = ANSWER_FILE[exercise.kind];
    const folder = path.join(SOLUTIONS, slug);
    const text = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    const wrong = readdirSync(folder).filter((name) => name.startsWith('wrong-'));
    return { slug, file, solution: text(file), wrong: wrong.sort().map(text), starter: exercise.starter[file] ?? '' };
  });
  return Array.from({ length: students }, (_, student) => student).flatMap((student) =>
    answers.map(({ slug, file, solution, wrong, starter }, n) => {
      const choice = (student * 7 + n * 3) % 10;
      const right = choice < RIGHT;
      const other = choice === 9 ? starter : (wrong[(student + choice) % wrong.length] ?? starter);
      const from = `student ${student}`;
      const files = { [file]: `${right ? solution : other}\n# ${from}\n` };
      return { job: { key: `${student} ${n}`, slug, files, from }, right };
    }),
  );
}
