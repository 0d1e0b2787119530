/** Every exercise with its solution, as a grading takes it: from disk for Node, and as a module for a page. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXERCISES, exercisesOf, gradableOf, readCourse, SOLUTIONS } from '../cli/course-files.ts';
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { GradingJob } from './grading-figures.ts';

export async function gradingJobs(): Promise<GradingJob[]> {
  const jobs = exercisesOf(readCourse()).map(async (exercise): Promise<GradingJob> => {
    const gradable = await gradableOf(exercise);
    const answer = ANSWER_FILE[exercise.kind];
    const solution = readFileSync(path.join(SOLUTIONS, exercise.slug, answer), 'utf8');
    return { gradable, files: { ...gradable.starter, [answer]: solution } };
  });
  return Promise.all(jobs);
}

/** The source of a module that hands a page the same: suites are code, and must share the grader's own modules. */
export function jobsModule(jobs: readonly GradingJob[]): string {
  const imports = jobs.map(({ gradable: { slug } }, n) => {
    const file = path.join(EXERCISES, slug, 'tests.ts');
    return `import suite${n} from ${JSON.stringify(file)};`;
  });
  const entries = jobs.map(({ gradable: { suite: _, ...rest }, files }, n) => {
    return `{ gradable: { ...${JSON.stringify(rest)}, suite: suite${n} }, files: ${JSON.stringify(files)} },`;
  });
  return [...imports, 'globalThis.jobs = [', ...entries, '];'].join('\n');
}
