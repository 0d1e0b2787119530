/** `hb classroom export --repo DIR`: a repository for students that needs nothing of this project. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildEngine } from '../../../build/engine.ts';
import { type Assignment, writeAssignment } from '../../../classroom/assignment.ts';
import type { Exercise } from '../../../course/schema.ts';
import { EXERCISES } from '../../course-files.ts';
import { say } from '../../say.ts';
import { Usage } from '../../usage.ts';
import { packEngine } from './pack-engine.ts';
import {
  exerciseReadme,
  GIT_ATTRIBUTES,
  GIT_IGNORE,
  packageJson,
  repositoryReadme,
  STARTER,
  WORKFLOW,
} from './repository-texts.ts';
import { studentProgram } from './student-program.ts';

/** Resolves to the bytes written. Throws Usage if the folder holds anything but git's own, unless `force`. */
export async function writeRepository(
  folder: string,
  assignment: Assignment,
  exercises: readonly Exercise[],
  force: boolean,
): Promise<number> {
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => name !== '.git') : [];
  if (there.length > 0 && !force)
    throw new Usage(
      `hb classroom export: ${folder} is not empty (${there[0]}). Name a new folder, or write into it with --force, which replaces the files of the same names.`,
    );
  let bytes = await packEngine(await buildEngine(say), path.join(folder, '.happens-before/engine'));
  const write = (name: string, contents: string | Uint8Array) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
    bytes += contents.length;
  };
  write('README.md', repositoryReadme(assignment, exercises));
  write('package.json', packageJson(assignment));
  write('.gitignore', GIT_IGNORE);
  write('.gitattributes', GIT_ATTRIBUTES);
  write('.github/workflows/grade.yml', WORKFLOW);
  write('.happens-before/assignment.json', writeAssignment(assignment));
  write('.happens-before/hb.mjs', STARTER);
  write('.happens-before/student.mjs', await studentProgram(exercises));
  for (const exercise of exercises) {
    const below = `exercises/${exercise.slug}`;
    write(`${below}/README.md`, exerciseReadme(exercise));
    for (const [name, text] of Object.entries({ ...exercise.support, ...exercise.starter }))
      write(`${below}/${name}`, text);
    if (exercise.world) write(`${below}/world.json`, readFileSync(path.join(EXERCISES, exercise.slug, 'world.json')));
  }
  return bytes;
}
