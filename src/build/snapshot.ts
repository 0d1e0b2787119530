/** Makes the snapshot: a bare CPython, our shims below the library, the library on top, frozen. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Assets, loadCPython } from '../interpreter/cpython.ts';
import type { Snapshot } from '../interpreter/interpreter.ts';
import { connect, define, NATIVES, type NativeName } from '../interpreter/natives.ts';
import { Objects } from '../interpreter/objects.ts';
import { LIBRARY_LOCKS } from '../kernel/kernel.ts';

/** `python` is the folder of the shims. Takes about 3 s. */
export async function makeSnapshot(assets: Assets, python: string): Promise<Snapshot> {
  let chatter = '';
  let clock = 0;
  const py = await loadCPython(assets, {
    now: () => 1_767_225_600,
    // A clock that stands still would make a wait at import time last for ever.
    monotonic: () => (clock += 1e-6),
    randomByte: () => 7,
    tick: () => 0,
    mayGrow: () => true,
    stray: (_, bytes) => {
      chatter += new TextDecoder().decode(bytes);
    },
  });
  const objects = new Objects(py);
  const depths = new Map<number, number>();
  const { slot } = connect(py, {
    enter: (native, args) =>
      objects.fromNumber(serve(NATIVES[native], (n) => objects.number(objects.argument(args, n)))),
    leave: () => {
      throw new Error('a wait at import time');
    },
    suspend: () => 0,
    resume: () => 0,
  });
  // While the library is imported there is one thread and no kernel: locks only count, and belong to task 1.
  function serve(native: NativeName | undefined, argument: (n: number) => number): number {
    if (native === 'new_lock') {
      const id = 2 * (LIBRARY_LOCKS + depths.size) + argument(0);
      depths.set(id, 0);
      return id;
    }
    const id = native === 'me' || native === 'mark_done' ? 0 : argument(0);
    const depth = depths.get(id) ?? 0;
    if (native === 'acquire') {
      const taken = depth === 0 || (id & 1) === 1;
      if (taken) depths.set(id, depth + 1);
      return taken ? 1 : 0;
    }
    if (native === 'release') {
      depths.set(id, depth - 1);
      return 1;
    }
    return native === 'depth' ? depth : 1;
  }
  define(py, slot, (text) => objects.cString(text));
  const sources: Record<string, string> = {};
  for (const file of readdirSync(python)) {
    if (file.endsWith('.py')) sources[file.slice(0, -3)] = readFileSync(`${python}/${file}`, 'utf8');
  }
  const run = (source: string) => {
    py.FS.writeFile('/tmp/error', '');
    const text = `
try:
    exec(compile(${JSON.stringify(source)}, "<hb:install>", "exec"), globals())
except BaseException:
    import traceback
    open("/tmp/error", "w").write(traceback.format_exc())
`;
    py._PyRun_SimpleString(objects.cString(text));
    const error = new TextDecoder().decode(py.FS.readFile('/tmp/error'));
    if (error) throw new Error(`the snapshot could not be made:\n${error}${chatter}`);
  };
  run(`_hb_sources = ${pythonDict(sources)}`);
  run(sources.install ?? '');
  run(`
import sys
open("/tmp/addresses", "w").write(repr([id(sys.monitoring.DISABLE), id(boot.main), id(boot.carry)]).replace("'", '"'))
del _hb_sources, sys
`);
  const [disable, main, carry] = JSON.parse(new TextDecoder().decode(py.FS.readFile('/tmp/addresses')));
  return { memory: py.HEAPU8.slice(), disable, main, carry, slot };
}

function pythonDict(entries: Record<string, string>): string {
  return `{${Object.entries(entries)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')}}`;
}
