/** `hb classroom worker`: this machine grades for others, from a queue in Redis, with its own course and its own private tests. */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildEngine } from '../../../build/engine.ts';
import { ENGINE_VERSION } from '../../../worker/identity.ts';
import { say } from '../../say.ts';
import { Usage } from '../../usage.ts';
import { openKeys } from '../job-key.ts';
import { openLanes } from '../lanes.ts';
import { readLanes } from '../lanes-option.ts';
import { openAssignment } from '../open-assignment.ts';
import { checkPrivateSuites, privateFolderOf } from '../private-suites.ts';
import { Link } from './link.ts';
import { type MetricsPlace, readMetricsPlace, serveMetrics } from './metrics-server.ts';
import { readRedisUrl } from './redis-url.ts';
import { serve } from './serve.ts';
import { setupOf } from './setup.ts';
import { serveUntilStopped } from './stopping.ts';
import { TUNING } from './tuning.ts';

const HELP = `hb classroom worker — grades for hb classroom grade --queue, on this machine

  hb classroom worker ASSIGNMENT --queue redis://HOST:PORT

Start one on each machine, each with the same version of Happens-Before, the same assignment and the same private tests.

  --queue URL            the Redis: redis:// or rediss:// (TLS); its password in the URL, or in HB_QUEUE_PASSWORD
  --private DIR          your own hidden tests (private/ beside the assignment)
  --lanes N              how many are graded at a time (as many as there are processors)
  --metrics [HOST:]PORT  figures for Prometheus at /metrics; for this machine only unless HOST is given

Ctrl-C or SIGTERM: finishes what it grades, and ends. Once more: hands it back, and ends at once.
`;

export async function classroomWorker(args: string[]): Promise<number> {
  const options = read(args);
  if (options === null) {
    process.stdout.write(HELP);
    return 0;
  }
  const { assignment, privateFolder, lanes } = options;
  const address = readRedisUrl(options.queue);
  checkPrivateSuites(assignment, privateFolder);
  const engine = await buildEngine(say);
  const keyOf = await openKeys(assignment, privateFolder, engine);
  const link = await Link.open(address, say);
  const graders = await openLanes({ assignment, privateFolder, engine, lanes });
  const setup = setupOf(assignment, keyOf);
  const serving = await serve({ link, setup, keyOf, graders, lanes, name: nameOfThis(), say, tuning: TUNING });
  if (options.metrics) {
    const { url } = await serveMetrics(options.metrics, serving.metrics, serving.queue, () => link.answers);
    say(`figures for Prometheus: ${url}`);
  }
  say(`grades ${assignment.id} for ${address.shown}: engine ${ENGINE_VERSION}, ${lanes} at a time; Ctrl-C ends it`);
  const code = await serveUntilStopped(serving, say);
  await graders.close();
  link.close();
  return code;
}

function read(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      queue: { type: 'string' },
      private: { type: 'string' },
      lanes: { type: 'string' },
      metrics: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1 || values.queue === undefined)
    throw new Usage(`hb classroom worker: name one assignment, and its queue.\n\n${HELP}`);
  const lanes = values.lanes === undefined ? os.availableParallelism() : readLanes('hb classroom worker', values.lanes);
  return {
    assignment: openAssignment(file),
    queue: values.queue,
    privateFolder: path.resolve(privateFolderOf(file, values.private)),
    lanes,
    metrics: values.metrics === undefined ? null : (readMetricsPlace(values.metrics) satisfies MetricsPlace),
  };
}

/** Redis lists it among its clients, whose names have no spaces. */
function nameOfThis(): string {
  return `${os
    .hostname()
    .replace(/[^A-Za-z0-9.-]/g, '-')
    .slice(0, 60)}-${process.pid}`;
}
