/** What the broker does: commands of a Python client, and of two processes that hand work to each other through it. */
import type { EngineClient } from '../worker/client-types.ts';
import type { Program } from '../worker/protocol.ts';
import { middle } from './engine-figures.ts';

const COMMANDS = 2_000;

/** Commands that wait for their replies one by one, all processes on one machine. */
const program = (count: number): Program => ({
  files: {
    'main.py': `
import os, subprocess, time, redis
server = subprocess.Popen(["redis-server"], stdout=subprocess.DEVNULL)
time.sleep(0.1)
r = redis.Redis()
r.ping()
child = os.fork()
if child == 0:
    r = redis.Redis()
    for n in range(${count / 2}):
        r.rpush("q", n)
    os._exit(0)
for n in range(${count / 2}):
    r.blpop("q")
os.waitpid(child, 0)
server.kill()
server.wait()
`,
  },
  entry: { kind: 'script', file: 'main.py' },
});

/** Of `redis.Redis` over virtual TCP: one process pushes, another pops. */
export async function redisCommandsPerSecond(engine: EngineClient): Promise<number> {
  await timed(engine, program(20));
  const seconds: number[] = [];
  for (let i = 0; i < 3; i++)
    seconds.push((await timed(engine, program(COMMANDS))) - (await timed(engine, program(2))));
  return COMMANDS / middle(seconds);
}

/** Seconds of wall time. */
async function timed(engine: EngineClient, program: Program): Promise<number> {
  const before = performance.now();
  const record = await engine.run(program, { kind: 'round-robin' }, { model: 'cpython' }, {}, false).done;
  const { outcome } = record ?? {};
  if (outcome?.kind !== 'exit' || outcome.code !== 0)
    throw new Error(`the program ended with ${JSON.stringify(outcome)}`);
  return (performance.now() - before) / 1000;
}
