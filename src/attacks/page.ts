/** The page that attacks are run from in a real browser: the site's own client, the site's own grader, nothing else. */
import { createBrowserEngine } from '../worker/browser.ts';
import { attack, probe, REFUSED } from './arena.ts';
import { ATTACKS } from './cases.ts';

declare global {
  interface Window {
    attacks: typeof attacks;
  }
}

let clean = '';
let engine = createBrowserEngine('/engine/');

const attacks = {
  async start(): Promise<void> {
    clean = await probe(engine);
  },
  async run(name: string, secret: string): Promise<string[]> {
    const one = ATTACKS.find((candidate) => candidate.name === name);
    if (!one) throw new Error(`there is no attack "${name}"`);
    const world = { secret, port: Number(location.port), clean };
    return (await attack(engine, one, world)).wins;
  },
  /** What the engine says to a request that it must refuse. */
  async refuse(name: string): Promise<string> {
    const one = REFUSED.find((candidate) => candidate.name === name);
    const whole = {
      files: { 'exercise.py': '' },
      entry: { kind: 'script', file: 'exercise.py' } as const,
      ...one?.program,
    };
    try {
      await engine.run(whole, one?.schedule ?? { kind: 'round-robin' }, {}, {}, false).done;
      return 'it was not refused';
    } catch (error) {
      return String(error);
    }
  },
  /** Places another script where the engine would be, in the same frame and worker, and answers what that reports. */
  async place(baseUrl: string): Promise<string> {
    engine.dispose();
    engine = createBrowserEngine(baseUrl);
    engine.warm();
    return new Promise((resolve) => {
      engine.onProgress(({ phase, reason }) => {
        if (phase === 'failed') resolve(reason ?? '');
      });
    });
  },
};
window.attacks = attacks;
