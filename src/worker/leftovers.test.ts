/** After `dispose`, and after Stop, no process of an engine is left: also not one that was still booting. */
import { expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { createNodeEngine } from './node.ts';
import type { ScheduleRequest } from './protocol.ts';

const folder = await buildEngine();

/** Processes that this one has begun and that have not ended. */
const children = () => process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length;

async function settled(most: number): Promise<number> {
  for (let turn = 0; turn < 500 && children() > most; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
  return children();
}

const FAMILY = `
import os, threading, time
for n in range(3):
    if os.fork() == 0: break
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
print('begun', flush=True)
while True: time.sleep(0.001)
`;

test.each<[string, ScheduleRequest]>([
  ['in one worker', { kind: 'round-robin' }],
  ['on processors of their own', { kind: 'parallel' }],
])('processes %s', async (_, schedule) => {
  const before = children();
  const engine = createNodeEngine(folder, 1);
  const program = { files: { 'main.py': FAMILY }, entry: { kind: 'script', file: 'main.py' } } as const;
  let begun = () => {};
  const running = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const run = engine.run(program, schedule, {}, { output: () => begun() }, false);
  await running;
  run.stop();
  expect(await run.done).toBeNull();
  // One that is ready, and one spare.
  expect(await settled(before + 2)).toBeLessThanOrEqual(before + 2);
  const second = engine.run(program, schedule, {}, {}, false).done.catch(() => null);
  engine.dispose();
  await second;
  expect(await settled(before)).toBe(before);
});

test('an engine that is disposed of while it boots', async () => {
  const before = children();
  const engine = createNodeEngine(folder, 1);
  engine.warm();
  engine.dispose();
  expect(await settled(before)).toBe(before);
});
