/**
 * `npm run engine`: makes the engine's files (bundles, CPython, the snapshot) unless they are there already for exactly
 * these sources: static/engine/ for browsers, packed; .cache/engine/ for Node, unpacked.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BROWSER_FOLDER = path.join(root, 'static/engine');
const NODE_FOLDER = path.join(root, '.cache/engine');
const SOURCES = ['kernel', 'schedulers', 'python', 'commands', 'interpreter', 'worker', 'build'];

/** What the engine is made from, as one name: sources, CPython, lock file. */
function version(): string {
  const hash = createHash('sha256');
  const add = (file: string) => hash.update(path.relative(root, file)).update(readFileSync(file));
  for (const folder of SOURCES) {
    for (const name of readdirSync(path.join(root, 'src', folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const file = path.join(root, 'src', folder, name);
      if (/\.(ts|py)$/.test(name) && !name.endsWith('.test.ts') && statSync(file).isFile()) add(file);
    }
  }
  for (const name of ['pyodide', 'comlink']) add(path.join(root, 'node_modules', name, 'package.json'));
  return hash.digest('hex').slice(0, 16);
}

/** Makes the engine's files if they are missing or old. Returns Node's folder. Takes about 4 s; 20 ms if nothing changed. */
export async function buildEngine(say: (line: string) => void = () => {}): Promise<string> {
  const wanted = version();
  if ([BROWSER_FOLDER, NODE_FOLDER].every((folder) => stampOf(folder) === wanted)) return NODE_FOLDER;
  say('building the engine (once for each change of its sources)…');
  const pyodide = path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  const wasm = readFileSync(path.join(pyodide, 'pyodide.asm.wasm'));
  const plain = readFileSync(path.join(pyodide, 'python_stdlib.zip'));
  const script = readFileSync(path.join(pyodide, 'pyodide.asm.mjs'));

  const { makeSnapshot } = await import('./snapshot.ts');
  const { compiledLibrary } = await import('./library.ts');
  const { default: createModule } = await import(pathToFileURL(path.join(pyodide, 'pyodide.asm.mjs')).href);
  const bare = { createModule, wasm: await WebAssembly.compile(wasm), stdlib: new Uint8Array(plain) };
  const stdlib = await compiledLibrary(bare);
  const assets = { ...bare, stdlib };
  const { memory, ...addresses } = await makeSnapshot(assets, path.join(root, 'src/python'));

  const shared = {
    'pyodide.asm.mjs': script,
    'python_stdlib.zip': stdlib,
    'addresses.json': JSON.stringify(addresses),
  };
  // Packed by us, because not every static host packs such files; the page unpacks them.
  const packed = {
    'pyodide.asm.wasm.gz': gzipSync(wasm, { level: 9 }),
    'memory.bin.gz': gzipSync(memory, { level: 9 }),
  };
  write(NODE_FOLDER, wanted, {
    ...shared,
    'pyodide.asm.wasm': wasm,
    'memory.bin': memory,
    'node-child.mjs': await bundle('node-child', 'node'),
  });
  write(BROWSER_FOLDER, wanted, {
    ...shared,
    ...packed,
    'worker.js': await bundle('browser-worker', 'browser'),
    'client.js': await bundle('page-engine', 'browser'),
  });
  return NODE_FOLDER;
}

async function bundle(name: string, platform: 'node' | 'browser'): Promise<Uint8Array> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(root, `src/worker/${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    platform,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

function stampOf(folder: string): string | null {
  const stamp = path.join(folder, 'version.json');
  return existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')).version : null;
}

/** Replaces a folder as a whole, so that nobody ever finds half an engine. */
function write(folder: string, wanted: string, files: Record<string, string | Uint8Array>): void {
  const scratch = `${folder}.${process.pid}`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const sizes: Record<string, number> = {};
  for (const [name, contents] of Object.entries(files)) {
    writeFileSync(path.join(scratch, name), contents);
    sizes[name] = contents.length;
  }
  writeFileSync(path.join(scratch, 'version.json'), JSON.stringify({ version: wanted, sizes }));
  rmSync(folder, { recursive: true, force: true });
  renameSync(scratch, folder);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildEngine((line) => console.error(line));
  process.exit(0);
}
