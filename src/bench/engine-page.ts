/** The bare page that measures the engine in Chromium. */
import { createBrowserEngine } from '../worker/browser.ts';
import { type EngineFigures, measureEngine } from './engine-figures.ts';
import { type Graded, type GradingJob, measureGrading } from './grading-figures.ts';
import { measureNetwork, type NetworkFigures } from './network-figures.ts';
import { measureProcesses, type ProcessFigures } from './process-figures.ts';
import { measureSearch, type SearchFigures } from './search-figures.ts';

export interface PageFigures {
  readonly engine: EngineFigures;
  readonly search: SearchFigures;
  readonly grading: readonly Graded[];
  readonly processes: ProcessFigures;
  readonly network: NetworkFigures;
}

declare global {
  /** Called by the benchmark from outside. */
  var measure: () => Promise<PageFigures>;
  /** Every exercise with its solution (grading-jobs.ts). */
  var jobs: readonly GradingJob[];
}

globalThis.measure = async () => {
  const engine = createBrowserEngine('/engine/');
  try {
    const figures = await measureEngine(engine);
    const search = await measureSearch(engine, jobs);
    const grading = await measureGrading(engine, jobs);
    const processes = await measureProcesses(() => createBrowserEngine('/engine/'));
    const network = await measureNetwork(() => createBrowserEngine('/engine/'));
    return { engine: figures, search, grading, processes, network };
  } finally {
    engine.dispose();
  }
};
