/** Bundles the program of a student's repository: one module with the assigned exercises and their suites, and no others. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Exercise } from '../../../course/schema.ts';
import { EXERCISES } from '../../course-files.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

export async function studentProgram(exercises: readonly Exercise[]): Promise<Uint8Array> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: entryFor(exercises), resolveDir: root, sourcefile: 'student.ts', loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'node26',
    platform: 'node',
    minify: true,
    // Terminals show ✓ and ✗ from the source as it is.
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

function entryFor(exercises: readonly Exercise[]): string {
  const given = exercises.map(
    ({ slug, kind, title, support, starter, world }, index) =>
      `{ ...${JSON.stringify({ slug, kind, title, support, starter, world })}, suite: suite${index} },`,
  );
  return [
    `import { main } from ${JSON.stringify('./src/cli/classroom/student/main.ts')};`,
    ...exercises.map(
      ({ slug }, index) => `import suite${index} from ${JSON.stringify(path.join(EXERCISES, slug, 'tests.ts'))};`,
    ),
    `await main(import.meta.dirname, [${given.join('\n')}] as never);`,
  ].join('\n');
}
