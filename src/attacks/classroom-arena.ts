/** What attacks on the grading of a class need: an assignment with secret tests, and engines that were taken over. */
import { cpSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { type Assignment, assignment } from '../classroom/assignment.ts';
import { privatePrint } from '../cli/classroom/private-suites.ts';
import { exerciseOf } from './arena.ts';
import type { SuiteName } from './attack.ts';
import type { Mode } from './taken-over.ts';

/** Which exercise has which of the hidden suites as the teacher's own. */
export const HOST: Readonly<Record<SuiteName, string>> = {
  race: 'locks/lost-update',
  stuck: 'locks/undo',
  slept: 'patterns/settings-once',
  secret: 'gil/invoice-numbers',
};

/** In a folder `private` below `cell`: the suites of arena.ts as files, the secret in them. */
export function makeAssignment(cell: string, secret: string, canary: string): Assignment {
  for (const [name, slug] of Object.entries(HOST)) {
    const folder = path.join(cell, 'private', slug);
    mkdirSync(folder, { recursive: true });
    const arena = JSON.stringify(path.join(import.meta.dirname, 'arena.ts'));
    writeFileSync(
      path.join(folder, 'tests.ts'),
      `// ${canary}\nimport { exerciseOf } from ${arena};\nexport default exerciseOf(${JSON.stringify(name)}, ${JSON.stringify(secret)}).suite;\n`,
    );
    const { support } = exerciseOf(name as SuiteName, secret);
    for (const [file, text] of Object.entries(support)) writeFileSync(path.join(folder, file), text);
  }
  return assignment.parse({
    format: 'happens-before/assignment',
    version: 1,
    id: 'arena',
    title: 'The arena',
    engine: '4',
    // The strategies that everybody's program gets, on fewer schedules.
    search: { seed: 1, budget: 0.05 },
    exercises: Object.values(HOST).map((slug) => ({
      slug,
      points: 0,
      private: { points: 10, print: privatePrint(path.join(cell, 'private', slug)) },
    })),
  });
}

/** The folder of an engine that was taken over, below `cell`. */
export async function takenOver(cell: string, mode: Mode, honest: string): Promise<string> {
  const folder = mkdtempSync(path.join(cell, 'engine-'));
  if (mode.when !== undefined) {
    cpSync(honest, folder, { recursive: true });
    renameSync(path.join(folder, 'node-child.mjs'), path.join(folder, 'honest.mjs'));
  }
  await build({
    entryPoints: [path.join(import.meta.dirname, 'taken-over.ts')],
    bundle: true,
    outfile: path.join(folder, 'node-child.mjs'),
    format: 'esm',
    target: 'es2023',
    platform: 'node',
  });
  writeFileSync(path.join(folder, 'mode.json'), JSON.stringify(mode));
  return folder;
}
