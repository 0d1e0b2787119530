/** The teacher's own hidden suites, `private/TOPIC/NAME/`: tests.ts, and what its programs need beside the answer. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Assignment } from '../../classroom/assignment.ts';
import './suite-modules.ts';
import { BadWorld } from '../../course/complete-world.ts';
import { readWorld } from '../../course/world.ts';
import type { Gradable } from '../../grader/gradable.ts';
import type { Suite } from '../../grader/suite.ts';
import { filesBelow } from '../course-files.ts';
import { Usage } from '../usage.ts';
import './suite-modules.ts';

/** Where they are: `given`, else `private` beside the assignment's file. */
export function privateFolderOf(assignment: string, given: string | undefined): string {
  return given ?? path.join(path.dirname(assignment), 'private');
}

/** Which files they are, as 16 hex digits: `assign` writes it down, and `grade` compares. */
export function privatePrint(folder: string): string {
  return createHash('sha256')
    .update(JSON.stringify([...ownFiles(folder)].sort(byName)))
    .digest('hex')
    .slice(0, 16);
}

/** Throws Usage unless there is a suite for every exercise that has private points, and it is the one that was assigned. */
export function checkPrivateSuites({ exercises }: Pick<Assignment, 'exercises'>, folder: string): void {
  for (const { slug, private: wanted } of exercises) {
    if (!wanted) continue;
    const own = path.join(folder, slug);
    if (!existsSync(path.join(own, 'tests.ts')))
      throw new Usage(
        `hb classroom: ${path.join(own, 'tests.ts')}: is missing, and the assignment has private points for ${slug}. Put it there, or say where your suites are (--private DIR).`,
      );
    const print = privatePrint(own);
    if (print !== wanted.print)
      throw new Usage(
        `hb classroom: ${own}: these are not the files of the assignment (${print}; it was made with ${wanted.print}). Put those back, or make the assignment anew with hb classroom assign.`,
      );
  }
}

/** The exercise with the teacher's suite in the place of its own. Throws Usage if that is none. */
export async function withPrivateSuite(gradable: Gradable, folder: string): Promise<Gradable> {
  const own = path.join(folder, gradable.slug);
  const files = ownFiles(own);
  const support = Object.fromEntries([...files].filter(([name]) => name.endsWith('.py')));
  for (const name of Object.keys(gradable.starter)) {
    if (name in support)
      throw new Usage(
        `hb classroom: ${path.join(own, name)}: would replace the student's answer. Give it another name.`,
      );
  }
  const world = files.get('world.json');
  return {
    ...gradable,
    suite: await suiteAt(path.join(own, 'tests.ts')),
    support: { ...gradable.support, ...support },
    ...(world !== undefined && { world: worldAt(path.join(own, 'world.json'), world) }),
  };
}

async function suiteAt(file: string): Promise<Suite> {
  let loaded: unknown;
  try {
    ({ default: loaded } = await import(pathToFileURL(file).href));
  } catch (error) {
    throw new Usage(`hb classroom: ${file}: cannot be loaded (${error instanceof Error ? error.message : error}).`);
  }
  const tests: unknown = (loaded as Partial<Suite> | undefined)?.tests;
  if (!Array.isArray(tests) || tests.length === 0)
    throw new Usage(`hb classroom: ${file}: has no tests. Write: export default suite([test('…', …)]).`);
  return loaded as Suite;
}

function worldAt(file: string, text: string) {
  try {
    return readWorld(file, text);
  } catch (error) {
    throw error instanceof BadWorld ? new Usage(error.message) : error;
  }
}

/** Without what editors and file managers leave behind. */
function ownFiles(folder: string): Map<string, string> {
  const left = /(^|\/)(\..*|.*~)$/;
  return new Map([...filesBelow(folder)].filter(([name]) => !left.test(name)));
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
