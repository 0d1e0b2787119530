/**
 * A worker, or a producer, in a process of its own that tests may kill: `worker` or `producer`, then JSON. Says on stdout what it
 * does, one line each; what it says to people goes to stderr. A line on stdin releases what it holds.
 */
import { Link } from '../link.ts';
import { openQueue } from '../open-queue.ts';
import { readRedisUrl } from '../redis-url.ts';
import { serve } from '../serve.ts';
import { setupOf } from '../setup.ts';
import { serveUntilStopped } from '../stopping.ts';
import type { Tuning } from '../tuning.ts';
import { assignmentOf, FAST, jobOf, keysOf, StandIn } from './stand-in.ts';

export interface Role {
  readonly url: string;
  readonly assignment: string;
  readonly engine?: string;
  readonly lanes?: number;
  readonly harmless?: boolean;
  readonly tuning?: Partial<Tuning>;
  /** A producer's. */
  readonly codes?: readonly string[];
}

const [role = '', json = ''] = process.argv.slice(2);
const { url, assignment, engine = '4', lanes = 1, harmless = false, tuning, codes = [] } = JSON.parse(json) as Role;
const tell = (line: string) => void process.stdout.write(`${line}\n`);
const say = (line: string) => void process.stderr.write(`${line}\n`);
const keyOf = keysOf(engine);

if (role === 'producer') {
  const graders = await openQueue({
    url,
    assignment: assignmentOf(assignment),
    keyOf,
    say,
    tuning: { ...FAST, ...tuning },
  });
  await Promise.all(
    codes.map(async (code) => {
      await graders.grade(jobOf(code, engine));
      tell(`graded ${code}`);
    }),
  );
} else {
  const link = await Link.open(readRedisUrl(url), say).catch((error: Error) => {
    say(error.message);
    process.exit(2);
  });
  const graders = new StandIn((code) => tell(`begun ${code}`), harmless);
  process.stdin.on('data', () => graders.release());
  const setup = setupOf(assignmentOf(assignment), keyOf, engine);
  const name = `stand-in-${process.pid}`;
  const serving = await serve({ link, setup, keyOf, graders, lanes, name, say, tuning: { ...FAST, ...tuning } });
  tell('ready');
  process.exit(await serveUntilStopped(serving, say));
}
