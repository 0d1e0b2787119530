/** The programs of the course's source documents run as they were written. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';

const folder = path.join(import.meta.dirname, 'fixtures/seeds');
const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
let engine: EngineClient;

beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

describe.each(['cpython', 'every-bytecode'] as const)('model %s', (model) => {
  test.each(names)('%s', async (name) => {
    const files = { 'main.py': new Uint8Array(readFileSync(path.join(folder, name))) };
    const program = { files, entry: { kind: 'script', file: 'main.py' } } as const;
    const record = await engine.run(program, { kind: 'round-robin' }, { model }, {}, false).done;
    expect(record?.outcome).toEqual({ kind: 'exit', code: 0 });
    expect(record?.stderr.replace(/^.*DeprecationWarning.*\n.*\n/gm, '')).toBe('');
  });
});
