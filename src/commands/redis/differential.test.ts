/** Our broker and a real Redis server answer the same, to the byte: what is in scenarios/ was recorded from the latter. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseScenarios, type Scenario, show } from '../../conformance/redis/scenario.ts';
import { OurServer, RealServer, type Server } from '../../conformance/redis/scenario-servers.ts';

const folder = path.join(import.meta.dirname, 'scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const counts = new Map<string, number>();

/** Plays a scenario; answers with the recording as this server would have it. */
async function play(server: Server, { lines }: Scenario): Promise<{ expected: string[]; found: string[] }> {
  const expected: string[] = [];
  const found: string[] = [];
  const known = new Set<string>();
  await server.clear();
  for (const { text, step } of lines) {
    if (!step) continue;
    expected.push(text);
    if (step.step === 'wait') await server.wait(step.milliseconds);
    if (step.step === 'send') {
      if (!known.has(step.from)) await server.connect(step.from);
      known.add(step.from);
      await server.send(step.from, step.bytes, step.silent);
    }
    if (step.step !== 'expect') found.push(text);
    else {
      const next = await server.next(step.at, 3000);
      const shown = next === null ? '(nothing)' : next === 'closed' ? next : show(next, step.mask);
      found.push(`${step.at}<${step.mask} ${shown}`);
    }
  }
  for (const who of known) {
    const next = await server.next(who, 5);
    if (next) found.push(`${who}< ${next === 'closed' ? next : show(next, '')} (too much)`);
  }
  return { expected, found };
}

function compare(which: string, server: () => Promise<Server>): void {
  describe(which, () => {
    let running: Promise<Server> | null = null;
    afterAll(async () => {
      await (await running)?.stop();
      console.log(`${which}: ${counts.get(which)} replies compared`);
    });
    for (const file of files) {
      for (const scenario of parseScenarios(readFileSync(path.join(folder, file), 'utf8'))) {
        test(`${file}: ${scenario.name}`, async () => {
          running ??= server();
          const { expected, found } = await play(await running, scenario);
          expect(found).toEqual(expected);
          const replies = scenario.lines.filter(({ step }) => step?.step === 'expect').length;
          counts.set(which, (counts.get(which) ?? 0) + replies);
        });
      }
    }
  });
}

compare('our broker', async () => new OurServer());
if (RealServer.installed) compare('redis-server', () => RealServer.start());
else
  test.skip('redis-server is not installed (apt-get install redis-server): the recordings are not compared with it', () => {});
