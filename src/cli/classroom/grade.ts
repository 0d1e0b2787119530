/** `hb classroom grade`: from what students handed in to the gradebook, as often as it is interrupted. */
import path from 'node:path';
import { buildEngine } from '../../build/engine.ts';
import type { Assignment } from '../../classroom/assignment.ts';
import { classResults } from '../../classroom/class-results.ts';
import type { Graded, GradingJob } from '../../classroom/graded.ts';
import type { Answer } from '../../classroom/submission.ts';
import type { Course } from '../../course/schema.ts';
import { ENGINE_VERSION } from '../../worker/identity.ts';
import { createNodeEngine } from '../../worker/node.ts';
import { exercisesOf, readCourse, recordedStarters, SOLUTIONS } from '../course-files.ts';
import { say } from '../say.ts';
import { GRADE_HELP, type GradeOptions, readGradeOptions } from './grade-options.ts';
import { gradeSummary } from './grade-summary.ts';
import { type Done, gradeAll, jobsOf } from './grading.ts';
import { readSubmissions } from './intake/read-submissions.ts';
import { type KeyOf, openKeys } from './job-key.ts';
import { openLanes } from './lanes.ts';
import { openAssignment } from './open-assignment.ts';
import { checkPrivateSuites } from './private-suites.ts';
import { openProgress } from './progress.ts';
import { openQueue } from './queue/open-queue.ts';
import { writeResults } from './results/write-results.ts';
import { openResultsFile } from './results-file.ts';
import { compareWorks, resemblancesOf } from './similarity/compare-class.ts';
import type { Graders, Work } from './types.ts';

const STOPPED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function gradeClass(args: string[]): Promise<number> {
  const options = readGradeOptions(args);
  if (options === null) {
    process.stdout.write(GRADE_HELP);
    return 0;
  }
  const assignment = openAssignment(options.assignment);
  checkPrivateSuites(assignment, options.privateFolder);
  const engine = await buildEngine(say);
  const keyOf = await openKeys(assignment, options.privateFolder, engine);
  const course = readCourse();
  const { roster, received } = options;
  const intake = await readSubmissions(options.submissions, {
    ...{ assignment, course, roster, received },
    starters: recordedStarters(),
  });

  const jobs = jobsOf(intake.works, assignment, keyOf);
  const done = await gradeOrStop(jobs, options, () => openGraders(options, { assignment, engine, keyOf }));
  if (done === null) return STOPPED;

  say('comparing the answers, writing the results');
  const gradedOf = (slug: string, files: Answer['files']) => done.graded.get(keyOf(slug, files));
  const said = await compare(engine, assignment, course, intake.works, gradedOf);
  const results = classResults({
    assignment,
    titles: new Map(exercisesOf(course).map(({ slug, title }) => [slug, title])),
    students: intake.students,
    works: intake.works,
    refused: intake.refused,
    gradedOf,
    resemblanceOf: (slug, files) => said.resemblances.get(keyOf(slug, files)) ?? null,
    engine: ENGINE_VERSION,
  });
  const written = await writeResults(options.out, results, { site: options.site, similarity: said.similarity });
  process.stdout.write(gradeSummary(results, done, intake.skipped, written));
  const broken = [...done.graded.values()].some((one) => one.broken !== undefined);
  return broken || results.refused.length > 0 ? 1 : 0;
}

/** Who may have worked with whom, and which mistakes are known. */
async function compare(
  folder: string,
  assignment: Assignment,
  course: Course,
  works: readonly Work[],
  gradedOf: (slug: string, files: Answer['files']) => Graded | undefined,
) {
  const engine = createNodeEngine(folder);
  try {
    const similarity = await compareWorks(engine, assignment, course, works, SOLUTIONS);
    const failing = works.flatMap(({ answers }) =>
      [...answers].flatMap(([slug, { files }]) => {
        const graded = gradedOf(slug, files);
        return graded?.tests.some(({ verdict }) => verdict !== 'passed') ? [{ slug, files, graded }] : [];
      }),
    );
    return { similarity, resemblances: await resemblancesOf(engine, course, failing, SOLUTIONS) };
  } finally {
    engine.dispose();
  }
}

/** null: somebody stopped it, and was told how to go on. */
async function gradeOrStop(
  jobs: readonly GradingJob[],
  { out }: GradeOptions,
  open: () => Promise<Graders>,
): Promise<Done | null> {
  const file = await openResultsFile(path.join(out, '.grading', 'results.jsonl'));
  let graders: Graders | undefined;
  let stopped = false;
  const stop = () => {
    stopped = true;
    void graders?.close();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const left = jobs.filter(({ key }) => !file.known.has(key)).length;
  if (left < jobs.length) say(`${jobs.length - left} of ${jobs.length} were graded before, and have not changed`);
  const progress = left > 0 ? openProgress(left) : null;
  let count = jobs.length - left;
  try {
    return await gradeAll(
      jobs,
      file,
      async () => {
        graders = await open();
        if (stopped) await graders.close();
        return graders;
      },
      () => {
        count++;
        progress?.step();
      },
    );
  } catch (error) {
    if (!stopped) throw error;
    progress?.end();
    say(`stopped: ${count} of ${jobs.length} are graded. The same command goes on from there.`);
    return null;
  } finally {
    progress?.end();
    file.close();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

function openGraders(
  { queue, lanes, privateFolder }: GradeOptions,
  { assignment, engine, keyOf }: { assignment: Assignment; engine: string; keyOf: KeyOf },
): Promise<Graders> {
  if (queue !== null) return openQueue({ url: queue, assignment, keyOf, say });
  return openLanes({ assignment, privateFolder, engine, ...(lanes !== null && { lanes }) });
}
