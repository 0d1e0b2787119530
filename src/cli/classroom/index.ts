/** `hb classroom`: what teachers do, one word each. A command's code is loaded when it is asked for: `hb run` needs none of it. */
import { Usage } from '../usage.ts';

type Command = (args: string[]) => Promise<number>;

const HELP = `hb classroom — assignments, submissions, grading, gradebooks

  hb classroom assign                            an assignment.json: asks for all it needs (--help: by options)
  hb classroom link ASSIGNMENT --site URL        the link that opens it on the site
  hb classroom export ASSIGNMENT --repo DIR      a repository for students: starters, npm test, a workflow
  hb classroom export ASSIGNMENT --scorm FILE    a SCORM 2004 package for a learning platform
  hb classroom grade ASSIGNMENT SUBMISSIONS…     grades submission files, folders and archives; writes a gradebook
  hb classroom worker ASSIGNMENT --queue URL     grades for others: one of any number of machines at a Redis queue
  hb classroom queue --queue URL                 what waits in the queue, and what could not be graded

hb classroom COMMAND --help says more. A walk through a whole assignment: docs/teachers/index.md.
`;

const COMMANDS: Record<string, () => Promise<Command>> = {
  assign: async () => (await import('./assign.ts')).assign,
  link: async () => (await import('./link.ts')).link,
  export: async () => (await import('./export.ts')).exportAssignment,
  grade: async () => (await import('./grade.ts')).gradeClass,
  worker: async () => (await import('./queue/worker.ts')).classroomWorker,
  queue: async () => (await import('./queue/queue.ts')).classroomQueue,
};

export async function classroom([name = '', ...args]: string[]): Promise<number> {
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(HELP);
    return name === '' ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) throw new Usage(`hb classroom: there is no command "${name}". hb classroom help lists them.`);
  return (await command())(args);
}
