/** How long the grading of each exercise's solution takes: in a browser, what the reader waits for. */
import type { Files, Gradable, GradeProgress } from '../grader/gradable.ts';
import { grade } from '../grader/grade.ts';
import type { EngineClient } from '../worker/client-types.ts';

export interface GradingJob {
  readonly gradable: Gradable;
  /** The solution. */
  readonly files: Files;
}

export interface Graded {
  readonly slug: string;
  /** Milliseconds. */
  readonly ms: number;
  /** Of all its tests together. */
  readonly schedules: number;
  readonly proofs: readonly string[];
}

export async function measureGrading(engine: EngineClient, jobs: readonly GradingJob[]): Promise<Graded[]> {
  const graded: Graded[] = [];
  for (const { gradable, files } of jobs) {
    const most = new Map<string, number>();
    const see = ({ test, done }: GradeProgress) => most.set(test, Math.max(done, most.get(test) ?? 0));
    const started = performance.now();
    const verdict = await grade(engine, gradable, files, see).done;
    const ms = performance.now() - started;
    if (verdict?.kind !== 'passed')
      throw new Error(`the solution of ${gradable.slug}: ${JSON.stringify(verdict?.kind)}`);
    const schedules = [...most.values()].reduce((sum, count) => sum + count, 0);
    graded.push({ slug: gradable.slug, ms, schedules, proofs: verdict.tests.map(({ proof }) => proof) });
  }
  return graded;
}
