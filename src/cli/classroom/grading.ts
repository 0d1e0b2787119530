/** Grades a class's answers: equal ones once, those of earlier gradings not again, and each into the file as it is done. */
import type { Assignment } from '../../classroom/assignment.ts';
import type { Graded, GradingJob } from '../../classroom/graded.ts';
import type { KeyOf } from './job-key.ts';
import type { ResultsFile } from './results-file.ts';
import type { Graders, Work } from './types.ts';

/**
 * One for each different answer, in the order of the works. What several students share is nobody's: it gets an engine of its
 * own, which none of them has been in before.
 */
export function jobsOf(
  works: readonly Work[],
  { exercises }: Pick<Assignment, 'exercises'>,
  keyOf: KeyOf,
): GradingJob[] {
  const jobs = new Map<string, GradingJob>();
  for (const { student, answers } of works) {
    for (const { slug } of exercises) {
      const files = answers.get(slug)?.files;
      if (!files) continue;
      const key = keyOf(slug, files);
      jobs.set(key, { key, slug, files, ...(!jobs.has(key) && { from: student.id }) });
    }
  }
  return [...jobs.values()];
}

export interface Done {
  readonly graded: ReadonlyMap<string, Graded>;
  /** How many of them had been graded before. */
  readonly reused: number;
}

/** `onDone` after each. Rejects if the graders are closed meanwhile: what was done until then is in the file. */
export async function gradeAll(
  jobs: readonly GradingJob[],
  results: ResultsFile,
  open: () => Promise<Graders>,
  onDone: () => void,
): Promise<Done> {
  const known = jobs.flatMap(({ key }) => results.known.get(key) ?? []);
  const graded = new Map(known.map((one) => [one.key, one]));
  const left = jobs.filter(({ key }) => !graded.has(key));
  if (left.length === 0) return { graded, reused: known.length };
  const graders = await open();
  const failures: unknown[] = [];
  await Promise.all(
    left.map(async (job) => {
      try {
        const one = await graders.grade(job);
        results.add(one);
        graded.set(one.key, one);
        onDone();
      } catch (error) {
        failures.push(error);
        await graders.close();
      }
    }),
  );
  await graders.close();
  if (failures.length > 0) throw failures[0];
  return { graded, reused: known.length };
}
