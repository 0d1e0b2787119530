/** `node src/conformance/redis/record.ts FILE…`: plays scenarios to a real Redis server and writes down what it answers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Mask, parseScenarios, show } from './scenario.ts';
import { RealServer } from './scenario-servers.ts';

/** Milliseconds in which a server on the same machine has answered, if it does. */
const QUIET = 15;

const server = await RealServer.start();
for (const file of process.argv.slice(2)) {
  const lines: string[] = [];
  const text = readFileSync(file, 'utf8');
  lines.push(...text.slice(0, text.indexOf('= ')).split('\n').slice(0, -1));
  for (const { name, lines: steps } of parseScenarios(text)) {
    lines.push(`= ${name}`);
    await server.clear();
    const masks = new Map<string, Mask>();
    const collect = async (first: string | null) => {
      for (const who of [...masks.keys()].sort()) {
        for (let patience = who === first ? 1000 : QUIET; ; patience = QUIET) {
          const reply = await server.next(who, patience);
          if (reply === null) break;
          lines.push(`${who}<${masks.get(who)} ${reply === 'closed' ? reply : show(reply, masks.get(who) as Mask)}`);
        }
      }
    };
    for (const { text: line, step } of steps) {
      if (step?.step === 'expect') continue;
      lines.push(line);
      if (step?.step === 'send') {
        if (!masks.has(step.from)) await server.connect(step.from);
        masks.set(step.from, step.mask);
        await server.send(step.from, step.bytes, step.silent);
        await collect(step.silent ? null : step.from);
      } else if (step?.step === 'wait') {
        await server.wait(step.milliseconds);
        await collect(null);
      }
    }
  }
  writeFileSync(file, `${lines.join('\n').replace(/\n+$/, '')}\n`);
}
await server.stop();
