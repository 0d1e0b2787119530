/**
 * Compares the reduced search with plain enumeration on programs made at random: `npm run fuzz -- [seed] [programs] [tasks]`:
 * of threads, or of tasks of asyncio.
 * Every program must have exactly the same results under both. Ends with 1 if one has not, and prints it.
 */
import { openEngine } from '../cli/open-engine.ts';
import { Prng } from '../schedulers/prng.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from '../worker/limits.ts';
import type { SearchPart } from '../worker/protocol.ts';
import { ofTasks, ofThreads } from './random-programs.ts';

/** Plain enumeration of more than this says nothing in the time there is. */
const MOST_SCHEDULES = 12_000;

async function search(engine: EngineClient, source: string, preemptions: number, reduced: boolean) {
  const results = new Map<string, string>();
  const request = {
    program: { files: { 'p.py': source }, entry: { kind: 'script', file: 'p.py' } },
    strategy: { kind: 'exhaustive', preemptions, reduced },
    options: { ...RUN_OPTIONS, model: 'every-bytecode', limits: GRADE_LIMITS, trace: false },
    budget: { schedules: MOST_SCHEDULES, steps: Number.POSITIVE_INFINITY, seconds: null },
    distinct: true,
    exact: false,
    portion: 1000,
  } as const;
  const job = engine.search(request, ({ records }) => {
    for (const { outcome, stdout, stderr, clock, schedule } of records) {
      const end = outcome.kind === 'deadlock' ? outcome.stuck.map(({ at }) => at?.line).sort() : outcome;
      const said = stderr.replace(/0x[0-9a-f]+|Thread-\d+/g, '');
      results.set(JSON.stringify([outcome.kind, end, stdout, said, clock]), schedule);
    }
    return 1000;
  });
  return { results, last: (await job.done) as SearchPart };
}

const [seed = '1', programs = '50', kind = 'threads'] = process.argv.slice(2);
const makeProgram = kind === 'tasks' ? ofTasks : ofThreads;
const engine = await openEngine();
let [different, skipped, plainRuns, reducedRuns] = [0, 0, 0, 0];
for (let n = 0; n < Number(programs); n++) {
  const { source, preemptions } = makeProgram(new Prng(Number(seed) * 1_000_003 + n));
  const plain = await search(engine, source, preemptions, false);
  const reduced = await search(engine, source, preemptions, true);
  if (plain.last.end !== 'complete' || reduced.last.end !== 'complete') {
    skipped++;
    continue;
  }
  plainRuns += plain.last.explored;
  reducedRuns += reduced.last.explored;
  const missing = [...plain.results].filter(([result]) => !reduced.results.has(result));
  const added = [...reduced.results].filter(([result]) => !plain.results.has(result));
  if (missing.length + added.length === 0) continue;
  different++;
  console.log(`program ${n}, at most ${preemptions} preemptions\n${source}missing:`, missing, 'added:', added);
}
console.log(
  `${programs} programs of seed ${seed}: ${different} with other results, ${skipped} too large; ${plainRuns} schedules, reduced to ${reducedRuns}`,
);
engine.dispose();
process.exit(different > 0 ? 1 : 0);
