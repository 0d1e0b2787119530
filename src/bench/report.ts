/** The benchmark's page: a table of what was measured, against what was promised, and how. */
import { countOf } from '../grader/count-of.ts';
import type { BrowserFigures } from './browser-figures.ts';
import { classRow } from './class-figures.ts';
import { LOOP_LENGTH, middle } from './engine-figures.ts';
import type { Graded } from './grading-figures.ts';
import { networkRows } from './network-rows.ts';
import type { NodeFigures } from './node-figures.ts';
import { processRows } from './process-rows.ts';
import { queueRows } from './queue-figures.ts';
import { goal, type Row, ratio, seconds, spread, thousands } from './rows.ts';
import type { SearchFigures } from './search-figures.ts';
import { similarityRow } from './similarity-figures.ts';
import { smoothness } from './timeline-figures.ts';

export interface Machine {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memory: string;
  readonly system: string;
  readonly load: string;
  readonly node: string;
  readonly pyodide: string;
}

export function page(node: NodeFigures, browser: BrowserFigures | null, machine: Machine): string {
  const rows = [...(browser ? inBrowser(browser) : []), ...underNode(node)];
  const table = [['what', 'measured', 'goal', 'how'], ['---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
  return `---
title: Benchmarks
---

# Benchmarks

Written by \`npm run bench\` (src/bench/): do not edit. Medians of several runs; what a goal does not hold is marked ✗.

- ${machine.date}; ${machine.cores} cores of ${machine.processor}, ${machine.memory}; ${machine.system}; load before: ${machine.load}
- Node ${machine.node}, Chromium ${browser?.version ?? 'not installed: its rows are missing'}, Pyodide ${machine.pyodide}

${table}
`;
}

function inBrowser({ site, stock, again, timeline, scripts, engineScript, inPage }: BrowserFigures): Row[] {
  const { engine, search, grading, processes, network } = inPage;
  const cold = middle(site.cold) / middle(stock.cold);
  const warm = middle(site.warm) / middle(stock.warm);
  const smooth = smoothness(timeline.frames);
  const heaviest = Math.max(...Object.values(scripts));
  const how = 'playground, Run pressed by script as soon as it works; beside it, a bare page with stock Pyodide';
  return [
    ['first visit: navigation to first output', seconds(site.cold), '', `${how}; a new profile each; 5 visits`],
    ['the same, stock Pyodide', seconds(stock.cold), '', 'same server, browser and run; `print("hi")` in the page'],
    ['first visit: ours / stock', ratio(cold), goal(cold <= 0.5, '≤ 0.5x'), ''],
    ['second visit: navigation to first output', seconds(site.warm), '', 'HTTP and code caches of the first visit'],
    ['the same, stock Pyodide', seconds(stock.warm), '', ''],
    ['second visit: ours / stock', ratio(warm), goal(warm <= 0.3, '≤ 0.3x'), ''],
    [
      'Run again: press to output',
      `${middle(again).toFixed(0)} ms (${spread(again)})`,
      goal(middle(again) <= 50, '≤ 50 ms'),
      `${again.length} runs on one page, output visible in the terminal`,
    ],
    [
      'timeline: frames a second',
      `${smooth.rate.toFixed(1)}, ${smooth.late} of ${timeline.frames.length} late`,
      goal(smooth.late <= timeline.frames.length / 100, '60, at most 1 of 100 late'),
      `10,000 events (${thousands(timeline.steps)} steps), stepping, panning, zooming; late: after more than a frame and a half`,
    ],
    [
      'JavaScript that a page runs before an editor opens',
      `${heaviest.toFixed(0)} kB gz; beside it ${engineScript.toFixed(0)} of the engine, in its worker`,
      goal(heaviest <= 300, '≤ 300 kB gz'),
      Object.entries(scripts)
        .map(([where, size]) => `${where} ${size.toFixed(0)}`)
        .join(', '),
    ],
    [
      'schedules a second, Chromium',
      `${thousands(engine.schedulesPerSecond)} (${thousands(engine.tracedPerSecond)} with traces)`,
      '',
      EXPLORED,
    ],
    ['thread switch, Chromium', `${engine.switchCost.toFixed(1)} µs`, '', HANDED],
    ...searching(search, 'Chromium', 2),
    ...gradings(grading, 'Chromium'),
    ...processRows(processes, 'Chromium'),
    ...networkRows(network, 'Chromium'),
  ];
}

const EXPLORED = 'two threads, one lost update, random seeds, every bytecode';
const HANDED = 'two threads that call `time.sleep(0)` in turn';

function underNode(figures: NodeFigures): Row[] {
  const { engine, search, reduction, solutions, stockLoop, resident, linear, grading, processes, perProcess, network } =
    figures;
  const { loop } = engine;
  const cost = loop['every-bytecode'] / stockLoop;
  const share = reduction.reduced / reduction.plain;
  const relative = (ms: number) => `${ms.toFixed(0)} ms, ${ratio(ms / stockLoop)}`;
  return [
    [
      'schedules a second, Node',
      `${thousands(engine.schedulesPerSecond)} (${thousands(engine.tracedPerSecond)} with traces)`,
      goal(engine.schedulesPerSecond >= 3000, '≥ 3,000'),
      `${EXPLORED}; balances seen: ${engine.balances.join(', ')}`,
    ],
    ['thread switch, Node', `${engine.switchCost.toFixed(1)} µs`, '', HANDED],
    ...searching(search, 'Node', 1),
    [
      'schedules of the reduced search / of plain enumeration',
      `${thousands(reduction.reduced)} / ${thousands(reduction.plain)}, ${(share * 100).toFixed(1)} %`,
      goal(share <= 0.2, '≤ 20 %'),
      `three dining philosophers, at most ${countOf(reduction.preemptions, 'preemption')}; both find the same ${countOf(reduction.results, 'result')}`,
    ],
    ...gradings(solutions, 'Node'),
    ...processRows(processes, 'Node'),
    ...networkRows(network, 'Node'),
    ...(perProcess === null
      ? []
      : [
          [
            'memory of one more process',
            `${perProcess.toFixed(0)} MB`,
            goal(perProcess <= 80, '≤ 80 MB'),
            'resident memory of an engine after a run with four more processes, less that after a run with none; Node',
          ] as const,
        ]),
    [
      'a loop without shared variables, stock Pyodide',
      `${stockLoop.toFixed(0)} ms`,
      '',
      `${thousands(LOOP_LENGTH)} turns of \`total += i * i % 7\`, no threads, Node`,
    ],
    [
      'the same in two threads, switches only when blocked',
      relative(loop['blocking-only']),
      '',
      'times of stock Pyodide',
    ],
    ['the same, switches where CPython has them', relative(loop.cpython), '', ''],
    ['the same, switches at any bytecode', relative(loop['every-bytecode']), goal(cost <= 3, '≤ 3x'), ''],
    [
      'memory of an interpreter',
      resident
        ? `${(resident.engine - resident.bare).toFixed(0)} MB; ${linear.toFixed(0)} MB of it linear memory`
        : `${linear.toFixed(0)} MB linear memory`,
      '',
      resident
        ? `a sealed engine after a run (${resident.engine.toFixed(0)} MB resident) less an empty Node (${resident.bare.toFixed(0)} MB)`
        : 'resident memory is measured on Linux only',
    ],
    [
      'grading lost-update, solved',
      `${(grading.solution / 1000).toFixed(2)} s`,
      goal(grading.solution <= 3000, '≤ 3 s'),
      '`npm test lost-update` without npm: 2 tests',
    ],
    [
      'grading lost-update, not yet',
      `${(grading.starter / 1000).toFixed(2)} s`,
      goal(grading.starter <= 3000, '≤ 3 s'),
      '',
    ],
    classRow(figures.ofClass),
    ...queueRows(figures.queue),
    similarityRow(figures.similarity),
  ];
}

function searching({ proof, proofRuns, minimising }: SearchFigures, where: string, most: number): Row[] {
  const { ms, before, after } = minimising;
  return [
    [
      `proof with at most 2 preemptions, ${where}`,
      seconds(proof),
      goal(middle(proof) <= most * 1000, `≤ ${most} s`),
      `the solution of lost-update, its first hidden test, as graded: ${countOf(proofRuns, 'run')}; from the request to the proof, ${proof.length} times`,
    ],
    [
      `making a failing run small, ${where}`,
      `${middle(ms).toFixed(0)} ms`,
      goal(middle(ms) <= 1000, '≤ 1 s'),
      `three deposits, one lost in a random walk: ${countOf(before, 'preemption')} before, ${after} after`,
    ],
  ];
}

function gradings(graded: readonly Graded[], where: string): Row[] {
  const [slowest, second] = [...graded].sort((a, b) => b.ms - a.ms);
  if (!slowest || !second) return [];
  const late = graded.filter(({ ms }) => ms > 3000).map(({ slug }) => slug);
  const say = ({ slug, ms, schedules }: Graded) =>
    `${slug} ${(ms / 1000).toFixed(2)} s (${countOf(schedules, 'schedule')})`;
  return [
    [
      `grading the slowest exercise, ${where}`,
      say(slowest),
      goal(late.length === 0, '≤ 3 s'),
      `every exercise's solution once, ${graded.length} in all; next: ${say(second)}${late.length > 0 ? `; too slow: ${late.join(', ')}` : ''}`,
    ],
  ];
}
