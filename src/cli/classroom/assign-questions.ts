/** The same draft, asked for question by question in a terminal. */
import { checkbox, confirm, input, number, select } from '@inquirer/prompts';
import { latePolicy } from '../../classroom/assignment.ts';
import type { Course } from '../../course/schema.ts';
import type { Draft } from './assign-options.ts';
import { dueProblem, readDue } from './due.ts';

/** Where questions are asked. */
export interface Teletype {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** What options have said already is not asked again. Rejects with ExitPromptError if the teacher presses Ctrl-C. */
export async function askFor(
  draft: Draft,
  course: Course,
  at: Teletype = { input: process.stdin, output: process.stdout },
): Promise<Draft> {
  const title = draft.title ?? (await input({ message: 'Title', required: true, validate: notTooLong }, at));
  const topics = await checkbox(
    {
      message: 'From which topics?',
      required: true,
      choices: course.topics.map(({ slug, title, exercises }) => ({
        value: slug,
        name: `${title} (${exercises.length} exercises)`,
      })),
    },
    at,
  );
  const offered = course.topics.filter(({ slug }) => topics.includes(slug)).flatMap(({ exercises }) => exercises);
  const chosen = await checkbox(
    {
      message: 'Which exercises?',
      required: true,
      pageSize: 20,
      choices: offered.map((exercise) => ({ value: exercise, name: `${exercise.slug}: ${exercise.title}` })),
    },
    at,
  );
  const same = await number({ message: 'Points for each', default: 10, min: 0, max: 10_000, required: true }, at);
  const differ = chosen.length > 1 && (await confirm({ message: 'Other points for some?', default: false }, at));
  const exercises = [];
  for (const exercise of chosen) {
    const points = differ
      ? await number({ message: `Points for ${exercise.slug}`, default: same, min: 0, max: 10_000, required: true }, at)
      : same;
    exercises.push({ exercise, points });
  }
  const due = draft.due ?? (await askDue(at));
  const late = draft.late ?? (due === undefined ? undefined : await askLate(at));
  const attempts =
    draft.attempts ??
    (await number(
      { message: 'How often may Grade be pressed for each? (empty: without limit)', min: 1, max: 1000 },
      at,
    ));
  const asks =
    draft.asks ??
    (await checkbox(
      {
        message: 'What are students asked for when they hand in?',
        choices: [
          { value: 'name', name: 'their name' },
          { value: 'id', name: 'their student number' },
        ],
      },
      at,
    ));
  const message = draft.message ?? (await input({ message: 'A message to them (may be empty)' }, at));
  return { ...draft, title, exercises, due, late, attempts, asks, message };
}

async function askDue(at: Teletype): Promise<string | undefined> {
  const text = await input(
    {
      message: 'Due (2026-12-01, 2026-12-01T18:00; empty: never)',
      validate: (typed) => typed.trim() === '' || (dueProblem(typed)?.replace(/^/, 'This ') ?? true),
    },
    at,
  );
  return text.trim() === '' ? undefined : readDue(text);
}

async function askLate(at: Teletype) {
  const kind = await select(
    {
      message: 'What of work that comes later?',
      choices: [
        { value: 'accept' as const, name: 'it counts; the gradebook says how late it was' },
        { value: 'deduct' as const, name: 'some per cent are taken away for each day' },
        { value: 'refuse' as const, name: 'it gets no points' },
      ],
    },
    at,
  );
  if (kind !== 'deduct') return { kind };
  const perDay = await number(
    {
      message: 'Per cent for each day begun',
      default: 10,
      min: 0,
      max: 100,
      required: true,
    },
    at,
  );
  return latePolicy.parse({ kind, perDay });
}

function notTooLong(text: string): boolean | string {
  return text.length <= 200 || 'At most 200 characters.';
}
