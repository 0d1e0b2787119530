/** A forked process's memory is its parent's, byte for byte: the child's past was lived through again, and not a byte differs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { SwitchModel } from '../kernel/types.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import { RUN_OPTIONS } from '../worker/limits.ts';
import type { Snapshot } from './execution.ts';
import { Interpreter } from './interpreter.ts';
import { PythonImage } from './python-image.ts';
import { SharedRegions } from './shared-regions.ts';

const PROGRAM = `
import gc, json, os, queue, re, subprocess, tempfile, threading, time, warnings
warnings.simplefilter('ignore')
jobs = queue.Queue()
def work():
    while (job := jobs.get()) is not None:
        time.sleep(0.01)
        with tempfile.TemporaryFile() as file: file.write(json.dumps(job).encode() * 100)
threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads: thread.start()
for n in range(20): jobs.put({str(n): [n] * n})
subprocess.run(['echo', 'one'], capture_output=True)
time.sleep(0.05)
if os.fork() == 0:
    if os.fork() == 0: os._exit(0)
    os._exit(0)
os.wait()
re.sub('a+', 'b', 'caat')
gc.collect()
sorted([2, 1], key=lambda n: n if n == 1 else (os.fork() and os.wait()) and n or os._exit(0))
os._exit(0)
`;

let interpreter: Interpreter;
/** Words that differ, for each fork. */
const differing: number[] = [];
const restore: (() => void)[] = [];

beforeAll(async () => {
  const folder = await buildEngine();
  const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
  const snapshot: Snapshot = {
    ...JSON.parse(new TextDecoder().decode(read('addresses.json'))),
    memory: read('memory.bin'),
  };
  // Emscripten's script must believe that it is in a worker.
  const scope = globalThis as Record<string, unknown>;
  const { process } = globalThis;
  scope.process = undefined;
  scope.WorkerGlobalScope = Object;
  const { default: createModule } = await import(pathToFileURL(path.join(folder, 'pyodide.asm.mjs')).href);
  const assets = {
    createModule,
    wasm: await WebAssembly.compile(read('pyodide.asm.wasm')),
    stdlib: read('python_stdlib.zip'),
  };
  interpreter = await Interpreter.boot(assets, snapshot, {
    now: () => 0,
    date: () => 0,
    cores: 1,
    after: () => () => {},
  });
  scope.process = process;
  watchForks();
});
afterAll(() => {
  for (const undo of restore) undo();
});

/** Takes the parent's memory when it is copied, and compares it with the child's when that begins to live. */
function watchForks(): void {
  const parents: Uint8Array[] = [];
  const past = Object.getOwnPropertyDescriptor(PythonImage.prototype, 'past') as PropertyDescriptor;
  Object.defineProperty(PythonImage.prototype, 'past', {
    get(this: PythonImage) {
      parents.push(this.py.HEAPU8.slice());
      return past.get?.call(this);
    },
  });
  const { pull } = SharedRegions.prototype;
  SharedRegions.prototype.pull = function (this: SharedRegions, came) {
    const parent = parents.shift();
    const { HEAPU32 } = (this as unknown as { py: PythonImage['py'] }).py;
    if (parent)
      differing.push(
        new Uint32Array(parent.buffer).reduce((count, word, n) => count + (word === HEAPU32[n] ? 0 : 1), 0),
      );
    pull.call(this, came);
  };
  restore.push(
    () => Object.defineProperty(PythonImage.prototype, 'past', past),
    () => {
      SharedRegions.prototype.pull = pull;
    },
  );
}

async function runs(source: string, model: SwitchModel) {
  const scheduler = new RoundRobin();
  const config = scheduler.nextRun();
  if (!config) throw new Error('round-robin has a run');
  return interpreter.run({
    files: { 'main.py': source },
    task: { kind: 'script', file: 'main.py', args: [] },
    scheduler,
    config,
    options: { ...RUN_OPTIONS, model, interactive: false },
    stdin: '',
    again: false,
    life: '',
    workers: null,
    shuffled: false,
    world: null,
    acts: null,
    happens: () => {},
    output: () => {},
    waiting: () => {},
    alive: () => {},
  });
}

test.each<SwitchModel>(['cpython', 'every-bytecode', 'blocking-only'])('%s', async (model) => {
  differing.length = 0;
  const ended = await runs(PROGRAM, model);
  expect([ended.stderr, ended.outcome, differing]).toEqual(['', { kind: 'exit', code: 0 }, [0, 0, 0]]);
});

test('an exact reset leaves nothing of what was done before', async () => {
  const first: PythonImage[] = [];
  const { reset } = PythonImage.prototype;
  PythonImage.prototype.reset = async function (this: PythonImage) {
    await reset.call(this);
    first.push(this);
  };
  restore.push(() => {
    PythonImage.prototype.reset = reset;
  });
  const deep = 'def f(n): return f(n - 1) if n else repr([[[[]]]])\ntry: f(10**6)\nexcept RecursionError: pass\n';
  const nested = 'x = []\nfor _ in range(10**5): x = [x]\ntry: repr(x)\nexcept RecursionError: pass\n';
  const large = 'x = [bytes(10**6) for _ in range(60)]\nimport re, json\nre.purge()\njson.loads = None\n';
  for (const source of [deep, nested, large, PROGRAM, 'pass']) {
    await runs(source, 'cpython');
    await runs('pass', 'cpython');
  }
  for (const image of new Set(first)) {
    await image.reset();
    const same = Buffer.compare(image.py.HEAPU8.subarray(0, image.snapshot.memory.length), image.snapshot.memory) === 0;
    expect([same, image.py.HEAPU8.subarray(image.snapshot.memory.length).every((byte) => byte === 0)]).toEqual([
      true,
      true,
    ]);
  }
});
