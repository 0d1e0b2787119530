/** The bare page that measures the engine in Chromium. */
import { createBrowserEngine } from '../worker/browser.ts';
import { type EngineFigures, measureEngine } from './engine-figures.ts';

declare global {
  /** Called by the benchmark from outside. */
  var measure: () => Promise<EngineFigures>;
}

globalThis.measure = async () => {
  const engine = createBrowserEngine('/engine/');
  try {
    return await measureEngine(engine);
  } finally {
    engine.dispose();
  }
};
