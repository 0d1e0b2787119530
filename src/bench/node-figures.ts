/** What the engine costs under Node: figures of its own, memory, grading from the command line, stock Pyodide's loop. */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createNodeEngine } from '../worker/node.ts';
import { type ClassFigures, measureClass } from './class-figures.ts';
import { type EngineFigures, LOOP_LENGTH, measureEngine, middle } from './engine-figures.ts';
import { type Graded, measureGrading } from './grading-figures.ts';
import { gradingJobs } from './grading-jobs.ts';
import { measureNetwork, type NetworkFigures } from './network-figures.ts';
import { measureProcesses, type ProcessFigures } from './process-figures.ts';
import { crowd, LOOP_SOURCE } from './programs.ts';
import { measureQueue, type QueueFigures } from './queue-figures.ts';
import { measureReduction, measureSearch, type Reduction, type SearchFigures } from './search-figures.ts';
import { measureSimilarity, type SimilarityFigures } from './similarity-figures.ts';

export interface NodeFigures {
  readonly engine: EngineFigures;
  readonly search: SearchFigures;
  readonly reduction: Reduction;
  readonly solutions: readonly Graded[];
  /** Milliseconds of the same loop in stock Pyodide, without threads and without us. */
  readonly stockLoop: number;
  /** Megabytes of resident memory: a sealed engine that has run something, and Node with nothing in it. */
  readonly resident: { readonly engine: number; readonly bare: number } | null;
  readonly processes: ProcessFigures;
  readonly network: NetworkFigures;
  /** Megabytes of resident memory that one more process takes. */
  readonly perProcess: number | null;
  /** Megabytes of the interpreter's linear memory. */
  readonly linear: number;
  /** Milliseconds of `npm test lost-update` without npm, by what is graded. */
  readonly grading: Readonly<Record<'solution' | 'starter', number>>;
  readonly ofClass: ClassFigures;
  readonly similarity: SimilarityFigures;
  /** null: there is no redis-server to measure with. */
  readonly queue: QueueFigures | null;
}

/** Who hand something in. */
const STUDENTS = process.env.HB_BENCH === 'quick' ? 30 : 300;

/** Pythons that an engine keeps. */
const SPARES = 4;

export async function measureNode(root: string, folder: string): Promise<NodeFigures> {
  const { sizes } = JSON.parse(readFileSync(path.join(folder, 'version.json'), 'utf8'));
  const engine = createNodeEngine(folder);
  const figures = await measureEngine(engine);
  const jobs = await gradingJobs();
  const search = await measureSearch(engine, jobs);
  const solutions = await measureGrading(engine, jobs);
  const reduction = await measureReduction(engine);
  const similarity = await measureSimilarity(engine, STUDENTS);
  engine.dispose();
  return {
    engine: figures,
    search,
    reduction,
    solutions,
    stockLoop: await stockLoop(),
    resident: await resident(folder),
    processes: await measureProcesses(() => createNodeEngine(folder)),
    network: await measureNetwork(() => createNodeEngine(folder)),
    perProcess: await perProcess(folder),
    linear: sizes['memory.bin'] / 1e6,
    grading: grading(root),
    ofClass: await measureClass(folder, STUDENTS, os.availableParallelism()),
    similarity,
    queue: await measureQueue(root),
  };
}

async function stockLoop(): Promise<number> {
  const { loadPyodide } = await import('pyodide');
  const python = await loadPyodide();
  python.runPython(LOOP_SOURCE);
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    python.runPython(`work(${LOOP_LENGTH / 2}); work(${LOOP_LENGTH / 2})`);
    times.push(performance.now() - started);
  }
  return middle(times);
}

/** Where the system says how much of a process is in memory: Linux only. */
async function resident(folder: string): Promise<NodeFigures['resident']> {
  if (!existsSync('/proc/self/status')) return null;
  const before = new Set(children());
  const engine = createNodeEngine(folder);
  await engine.run(
    { files: { 'a.py': 'print(1)' }, entry: { kind: 'script', file: 'a.py' } },
    { kind: 'round-robin' },
    {},
    {},
    false,
  ).done;
  const [child] = children().filter((pid) => !before.has(pid));
  const used = child === undefined ? 0 : residentOf(child);
  engine.dispose();
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const empty = residentOf(bare.pid as number);
  bare.kill('SIGKILL');
  return { engine: used, bare: empty };
}

/** Of the Pythons that an engine keeps for the next processes, after a run that had a few. */
async function perProcess(folder: string): Promise<number | null> {
  if (!existsSync('/proc/self/status')) return null;
  const before = new Set(children());
  const engine = createNodeEngine(folder);
  const used = async (processes: number) => {
    await engine.run(crowd(processes), { kind: 'round-robin' }, { trace: false }, {}, false).done;
    return residentOf(children().find((pid) => !before.has(pid)) ?? process.pid);
  };
  const alone = await used(0);
  const together = await used(SPARES);
  engine.dispose();
  return (together - alone) / SPARES;
}

function children(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) === process.pid;
      } catch {
        return false; // It has ended in the meantime.
      }
    });
}

function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;
}

/** In a copy of the project, because it is the learner's own file that is graded. */
function grading(root: string): NodeFigures['grading'] {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'hb-bench-'));
  try {
    for (const name of ['src', 'exercises', 'solutions', 'package.json', '.cache/engine', 'static/engine']) {
      cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const exercise = path.join(copy, 'exercises/locks/lost-update/exercise.py');
    const starter = readFileSync(exercise, 'utf8');
    const solution = readFileSync(path.join(copy, 'solutions/locks/lost-update/exercise.py'), 'utf8');
    const time = (text: string, status: number) => {
      writeFileSync(exercise, text);
      const times: number[] = [];
      for (let i = 0; i < 3; i++) {
        const started = performance.now();
        const done = spawnSync(process.execPath, ['src/cli/hb.mjs', 'test', 'lost-update'], { cwd: copy });
        times.push(performance.now() - started);
        if (done.status !== status) throw new Error(`grading ended with ${done.status}: ${done.stdout}${done.stderr}`);
      }
      return middle(times);
    };
    // One blank line more, so that it counts as started.
    return { solution: time(solution, 0), starter: time(`${starter}\n`, 1) };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
