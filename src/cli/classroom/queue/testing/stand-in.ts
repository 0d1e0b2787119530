/** A grading that takes no time, and does what the code says: for tests of the queue, not of what is graded. */
import { createHash } from 'node:crypto';
import { type Assignment, readAssignment } from '../../../../classroom/assignment.ts';
import type { Graded, GradingJob } from '../../../../classroom/graded.ts';
import type { KeyOf } from '../../job-key.ts';
import type { Graders } from '../../types.ts';

import type { Tuning } from '../tuning.ts';

export const SLUG = 'locks/lost-update';

/** Fast, and for machines that are slow. */
export const FAST: Tuning = {
  lockDuration: 1500,
  stalledInterval: 400,
  mostStalls: 20,
  attempts: 3,
  backoff: 30,
  askEvery: 200,
  lookEvery: 200,
  resultsKept: 600,
  deadKept: 600,
};

export const assignmentOf = (id: string): Assignment =>
  readAssignment(
    'a test',
    JSON.stringify({
      format: 'happens-before/assignment',
      version: 1,
      id,
      title: 'Locks',
      engine: '4',
      exercises: [{ slug: SLUG, points: 10 }],
    }),
  );

export const keysOf =
  (engine: string): KeyOf =>
  (slug, files) =>
    createHash('sha256')
      .update(JSON.stringify([engine, slug, Object.entries(files).sort()]))
      .digest('hex');

export function jobOf(code: string, engine = '4'): GradingJob {
  const files = { 'exercise.py': code };
  return { key: keysOf(engine)(SLUG, files), slug: SLUG, files, from: `somebody who wrote ${code}` };
}

/** What `jobOf(code)` must get. */
export function passed(code: string): Graded {
  const { key, slug } = jobOf(code);
  return {
    key,
    slug,
    tests: [{ name: 'no deposit is lost', private: false, verdict: 'passed', proof: code }],
    seconds: 0,
  };
}

/** `hold` waits for `release()`; `break` cannot be graded; `kill` ends this process. All unless `harmless`. */
export class StandIn implements Graders {
  private readonly begun: (code: string) => void;
  private readonly harmless: boolean;
  private readonly closing = Promise.withResolvers<never>();
  private readonly going = Promise.withResolvers<void>();

  constructor(begun: (code: string) => void, harmless: boolean) {
    this.begun = begun;
    this.harmless = harmless;
    this.closing.promise.catch(() => {});
  }

  release(): void {
    this.going.resolve();
  }

  async grade({ key, slug, files }: GradingJob): Promise<Graded> {
    const code = files['exercise.py'] ?? '';
    this.begun(code);
    if (!this.harmless && code.startsWith('hold')) await Promise.race([this.going.promise, this.closing.promise]);
    if (!this.harmless && code.startsWith('kill')) process.kill(process.pid, 'SIGKILL');
    if (!this.harmless && code.startsWith('break'))
      return { key, slug, tests: [], seconds: 0, broken: 'Its lane ended twice (out of memory).' };
    return { ...passed(code), key, slug };
  }

  async close(): Promise<void> {
    this.closing.reject(new Error('closed'));
  }
}
