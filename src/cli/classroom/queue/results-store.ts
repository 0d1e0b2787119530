/**
 * What workers have found out, in Redis: one string for each key. The first result stays (SET NX); later ones are equal anyway,
 * for grading is deterministic. So a job that is graded twice, because a worker died after its last step, counts once.
 */
import type { Redis } from 'ioredis';
import type { Graded } from '../../../classroom/graded.ts';
import { PREFIX } from './bull.ts';
import { LARGEST_RESULT, readGraded } from './records.ts';

const AT_ONCE = 50;

export class ResultsStore {
  private readonly redis: Redis;
  /** Seconds for which a result is kept. */
  private readonly kept: number;

  constructor(redis: Redis, kept: number) {
    this.redis = redis;
    this.kept = kept;
  }

  /** Those that there are, by key. What is damaged is thrown away: it will be graded again. */
  async read(keys: readonly string[]): Promise<Map<string, Graded>> {
    const found = new Map<string, Graded>();
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const some = keys.slice(from, from + AT_ONCE);
      const texts = await this.redis.mget(some.map(nameOf));
      for (const [index, text] of texts.entries()) {
        const key = some[index];
        if (text === null || key === undefined) continue;
        const graded = readGraded(text, key);
        if (graded) found.set(key, graded);
        else await this.redis.del(nameOf(key));
      }
    }
    return found;
  }

  /** Answers with what is kept: this, or what was there before. */
  async keep(graded: Graded): Promise<Graded> {
    const text = JSON.stringify(graded);
    // What would not be read again must not be written: it would be graded for ever.
    if (!readGraded(text, graded.key))
      throw new Error(`its result, ${text.length} characters, is not one that can be kept (${LARGEST_RESULT} at most)`);
    for (;;) {
      if ((await this.redis.set(nameOf(graded.key), text, 'EX', this.kept, 'NX')) === 'OK') return graded;
      const before = (await this.read([graded.key])).get(graded.key);
      if (before) return before;
    }
  }
}

function nameOf(key: string): string {
  return `${PREFIX}:result:${key}`;
}
