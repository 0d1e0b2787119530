/** `hb classroom export`: an assignment as a repository for students, or as a package for a learning platform. */
import { parseArgs } from 'node:util';
import { ENGINE_VERSION } from '../../worker/identity.ts';
import { readCourse } from '../course-files.ts';
import { say } from '../say.ts';
import { Usage } from '../usage.ts';
import { chosenExercises } from './export/chosen.ts';
import { openAssignment } from './open-assignment.ts';

const HELP = `hb classroom export ASSIGNMENT --repo DIR      a repository for students
hb classroom export ASSIGNMENT --scorm FILE    a SCORM 2004 package for a learning platform

  --repo DIR     starters, tasks, npm test, npm run hand-in, and a workflow that reports points on GitHub
  --scorm FILE   the assignment's page with its engine, as a .zip
  --force        writes into a folder that is not empty, or replaces the file

Neither holds a solution, nor the tests that only you have. docs/teachers/repositories.md and lms.md say more.
`;

export async function exportAssignment(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      repo: { type: 'string' },
      scorm: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [file, stray] = positionals;
  const { repo, scorm, force } = values;
  if (file === undefined || stray !== undefined || (repo === undefined) === (scorm === undefined))
    throw new Usage(HELP);
  const assignment = openAssignment(file);
  const exercises = chosenExercises(assignment, readCourse());
  if (assignment.engine !== ENGINE_VERSION)
    say(
      `${file} was made with engine ${assignment.engine}; what is exported grades with engine ${ENGINE_VERSION}, as this program does.`,
    );
  if (repo !== undefined) {
    if (assignment.attempts !== undefined)
      say(`${file} allows ${assignment.attempts} attempts; in a repository nothing holds students to that.`);
    const { writeRepository } = await import('./export/repository.ts');
    const bytes = await writeRepository(repo, assignment, exercises, force);
    process.stdout.write(`${repo}: a repository with ${exercises.length} exercises, ${megabytes(bytes)}.\n`);
    process.stdout.write('Next: git init, commit, push it as a template repository (docs/teachers/repositories.md).\n');
  }
  if (scorm !== undefined) {
    const { writeScorm } = await import('./export/scorm.ts');
    const bytes = await writeScorm(scorm, assignment, force);
    process.stdout.write(`${scorm}: a SCORM 2004 package with ${exercises.length} exercises, ${megabytes(bytes)}.\n`);
    process.stdout.write('Next: upload it to your learning platform (docs/teachers/lms.md).\n');
  }
  return 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
