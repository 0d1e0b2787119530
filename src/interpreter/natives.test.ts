/** The assembled trampolines are what their text says. Needs wat2wasm (Debian's package wabt); skipped without it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const assemble = (name: string) =>
  spawnSync('wat2wasm', [path.join(import.meta.dirname, name), '--output=-'], { maxBuffer: 1 << 20 });
const missing = spawnSync('wat2wasm', ['--version']).error !== undefined;
if (missing) console.log('natives.test.ts: skipped, install wabt to run it (apt-get install wabt)');

describe.skipIf(missing)('assembled', () => {
  test.each([
    ['natives.wat', 'natives.ts', 'TRAMPOLINE'],
    ['guard.wat', 'natives.ts', 'GUARD'],
    ['errors.wat', 'errors.ts', 'CONSTRUCTOR'],
  ])('%s', (file, module, constant) => {
    const source = readFileSync(path.join(import.meta.dirname, module), 'utf8');
    const written = new RegExp(`const ${constant} =\\s*'([^']+)'`).exec(source)?.[1];
    expect(written).toBe(assemble(file).stdout.toString('base64'));
  });
});
