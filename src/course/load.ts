/** Makes a Course of a map of files: pure, and every complaint names the file and the fix. */
import matter from 'gray-matter';
import type * as z from 'zod';
import { ANSWER_FILE } from './answer-file.ts';
import { BadWorld } from './complete-world.ts';
import { type Course, courseFile, type Exercise, type ExerciseKind, frontMatter } from './schema.ts';
import { readWorld, type WorldFile } from './world.ts';

/** All that is wrong with a course's files, one line each. */
export class CourseError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The course has ${problems.length} problem(s):\n${problems.map((p) => `- ${p}`).join('\n')}`);
    this.name = 'CourseError';
    this.problems = problems;
  }
}

/** Files of the exercise that are not part of the program. */
const GIVEN = new Set(['README.md', 'tests.ts', 'world.json']);
/** Files that only support the learner's: shown, never edited. */
const SUPPORT = new Set(['driver.py']);
/** What an author puts into an answer file that is missing. */
const FIRST_ANSWER = {
  'moves.txt': 'Put a comment there; the learner writes the moves.',
  'answer.txt': 'List what could happen there, one "[ ] text" a line.',
} as const;
const HINT_HEADING = /^##[ \t]+Hint[ \t]+(\d+)[ \t]*$/gim;

/** `files` maps a path below `exercises/` (`course.json`, `locks/lost-update/README.md`) to its text. */
export function loadCourse(files: ReadonlyMap<string, string>): Course {
  const problems: string[] = [];
  const outline = readOutline(files, problems);
  const listed = new Set<string>();
  let order = 0;

  const topics = outline.topics.map(({ slug: topic, title, exercises }) => ({
    slug: topic,
    title,
    exercises: exercises.flatMap((name): Exercise[] => {
      const slug = `${topic}/${name}`;
      if (listed.has(slug)) problems.push(`exercises/course.json: lists ${slug} twice. Remove one of the two.`);
      listed.add(slug);
      const loaded = loadExercise(slug, topic, order, files, problems);
      order += 1;
      return loaded ? [loaded] : [];
    }),
  }));

  for (const folder of foldersOf(files)) {
    if (!listed.has(folder))
      problems.push(`exercises/${folder}: is not in exercises/course.json. List it there, or remove the folder.`);
  }
  if (problems.length > 0) throw new CourseError(problems);
  return { topics };
}

function readOutline(files: ReadonlyMap<string, string>, problems: string[]): z.infer<typeof courseFile> {
  const text = files.get('course.json');
  if (text === undefined)
    throw new CourseError([
      'exercises/course.json: is missing. Create it: {"topics": [{"slug", "title", "exercises"}]}.',
    ]);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CourseError([`exercises/course.json: is not valid JSON (${messageOf(error)}). Correct it there.`]);
  }
  const parsed = courseFile.safeParse(json);
  if (parsed.success) return parsed.data;
  problems.push(...issuesOf('exercises/course.json', parsed.error));
  throw new CourseError(problems);
}

function loadExercise(
  slug: string,
  topic: string,
  order: number,
  files: ReadonlyMap<string, string>,
  problems: string[],
): Exercise | null {
  const readme = `exercises/${slug}/README.md`;
  const own = filesBelow(slug, files);
  const problemsBefore = problems.length;
  if (own.size === 0) {
    problems.push(`exercises/${slug}: course.json lists it, but there is no such folder. Create it, or unlist it.`);
    return null;
  }
  const text = own.get('README.md');
  if (text === undefined) problems.push(`${readme}: is missing. Write the front matter and the task there.`);
  if (!own.has('exercise.py')) problems.push(`exercises/${slug}/exercise.py: is missing. Put the starter there.`);
  if (!own.has('tests.ts')) problems.push(`exercises/${slug}/tests.ts: is missing. Export a suite from it.`);

  const head = text === undefined ? null : readFrontMatter(readme, text, problems);
  const kind = head?.kind ?? 'write';
  const answer = ANSWER_FILE[kind];
  if (head && answer !== 'exercise.py' && !own.has(answer))
    problems.push(`exercises/${slug}/${answer}: is missing. ${FIRST_ANSWER[answer]}`);
  const { starter, support, stray } = sortFiles(own, kind);
  for (const name of stray) {
    const files =
      answer === 'exercise.py' ? 'README.md, tests.ts, world.json' : `README.md, tests.ts, world.json, ${answer}`;
    problems.push(`exercises/${slug}/${name}: does not belong there. Only ${files} and .py files do.`);
  }
  const world = openWorld(`exercises/${slug}/world.json`, own.get('world.json'), problems);
  if (!head || problems.length > problemsBefore) return null;
  const { starter: starterVerdict, ...rest } = head;
  return { slug, topic, order, ...rest, starter, support, ...(world && { world }), starterVerdict };
}

function openWorld(where: string, text: string | undefined, problems: string[]): WorldFile | undefined {
  try {
    return text === undefined ? undefined : readWorld(where, text);
  } catch (error) {
    if (!(error instanceof BadWorld)) throw error;
    problems.push(...error.message.split('\n'));
    return undefined;
  }
}

/** Whose each file is: the learner's, or given. Where the answer is not the program as a whole, all else is given. */
function sortFiles(own: ReadonlyMap<string, string>, kind: ExerciseKind) {
  const starter: Record<string, string> = {};
  const support: Record<string, string> = {};
  const stray: string[] = [];
  const answer = ANSWER_FILE[kind];
  for (const [name, content] of [...own].sort(byNameStarterFirst)) {
    if (GIVEN.has(name)) continue;
    if (name === answer) starter[name] = content;
    else if (!/^[A-Za-z_]\w*\.py$/.test(name)) stray.push(name);
    else if ((kind === 'write' || kind === 'fix') && !SUPPORT.has(name)) starter[name] = content;
    else support[name] = content;
  }
  return { starter, support, stray };
}

function readFrontMatter(readme: string, text: string, problems: string[]) {
  let parsed: { data: unknown; content: string };
  try {
    // An options object keeps gray-matter from answering out of its cache, which would hide a syntax error.
    parsed = matter(text.replace(/\r\n/g, '\n').replace(/^\uFEFF/, ''), {});
  } catch (error) {
    problems.push(
      `${readme}: its front matter is not valid YAML (${messageOf(error)}). Correct it between the --- lines.`,
    );
    return null;
  }
  const head = frontMatter.safeParse(parsed.data);
  if (!head.success) {
    problems.push(...issuesOf(`${readme}: front matter`, head.error));
    return null;
  }
  const [task, ...sections] = splitHints(parsed.content);
  if (task === '') problems.push(`${readme}: has no task. Write it below the front matter.`);
  sections.forEach((section, index) => {
    if (section.number !== index + 1)
      problems.push(`${readme}: "## Hint ${section.number}" is out of order. Number the hints from 1 on.`);
    if (section.text === '')
      problems.push(`${readme}: "## Hint ${section.number}" is empty. Write the hint or drop it.`);
  });
  return { ...head.data, task, hints: sections.map((section) => section.text) };
}

type Section = { readonly number: number; readonly text: string };

function splitHints(body: string): [string, ...Section[]] {
  const headings = [...body.matchAll(HINT_HEADING)];
  const sections = headings.map((heading, index) => ({
    number: Number(heading[1]),
    text: body.slice(heading.index + heading[0].length, headings[index + 1]?.index ?? body.length).trim(),
  }));
  return [body.slice(0, headings[0]?.index ?? body.length).trim(), ...sections];
}

/** The files of one exercise's folder, by their path inside it. */
function filesBelow(slug: string, files: ReadonlyMap<string, string>): Map<string, string> {
  const prefix = `${slug}/`;
  const below = new Map<string, string>();
  for (const [path, text] of files) if (path.startsWith(prefix)) below.set(path.slice(prefix.length), text);
  return below;
}

/** Every `<topic>/<name>` that holds a file. */
function foldersOf(files: ReadonlyMap<string, string>): Set<string> {
  const folders = new Set<string>();
  for (const path of files.keys()) {
    const [topic, name, file] = path.split('/');
    if (topic !== undefined && name !== undefined && file !== undefined) folders.add(`${topic}/${name}`);
  }
  return folders;
}

/** `exercise.py` is the first tab; the rest follow by name. */
function byNameStarterFirst([a]: [string, string], [b]: [string, string]): number {
  if (a === 'exercise.py') return -1;
  if (b === 'exercise.py') return 1;
  return a < b ? -1 : 1;
}

function issuesOf(where: string, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return `${where}: ${path === '' ? '' : `\`${path}\`: `}${issue.message}. Correct it there.`;
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
