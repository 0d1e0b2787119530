/** The command `hb`: one word, then that command's arguments. The only place of the command line that catches broadly. */
import { check } from './check.ts';
import { classroom } from './classroom/index.ts';
import { drive } from './drive.ts';
import { newExercise } from './new.ts';
import { replay, run } from './run.ts';
import { test } from './test.ts';
import { Usage } from './usage.ts';

const HELP = `hb — Happens-Before on the command line

  hb run FILE [ARGS…]      runs a Python program in the sandbox (hb run --help)
  hb run -m MODULE [ARGS…] the same for a module, as python -m does
  hb replay LINK           the run that a replay link of the site shows
  hb drive FILE [ARGS…]    you are the scheduler: say which thread takes the next step (hb drive --help)
  hb test [EXERCISE…]      grades your work in exercises/ (npm test EXERCISE does the same)
  hb check [EXERCISE…]     for authors: starter, solution and wrong answers each get their verdict
  hb classroom             for teachers: assignments, grading whole classes, gradebooks (hb classroom help)
  hb new TOPIC/SLUG        for authors: a new exercise, ready to be filled in (--kind write, fix, break, predict, order)
`;

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  run,
  replay,
  drive,
  test,
  check,
  classroom,
  new: newExercise,
};

async function main([name = '', ...args]: string[]): Promise<number> {
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(HELP);
    return name === '' ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) throw new Usage(`hb: there is no command "${name}". hb help lists them.`);
  return command(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const mistyped = error instanceof Usage || String((error as { code?: unknown })?.code).startsWith('ERR_PARSE_ARGS');
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(mistyped ? `${message}\n` : `hb: ${stack}\n`);
  process.exitCode = mistyped ? 2 : 1;
}
// Engines are processes: none may outlive the command.
process.exit();
