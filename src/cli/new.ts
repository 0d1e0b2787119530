/** `hb new TOPIC/SLUG`: the files of an exercise, filled with what must be replaced, and its line in course.json. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exerciseKind } from '../course/schema.ts';
import { EXERCISES, SOLUTIONS } from './course-files.ts';
import { TEMPLATES } from './templates.ts';
import { Usage } from './usage.ts';

export async function newExercise(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { kind: { type: 'string', default: 'fix' } },
    allowPositionals: true,
  });
  const [slug = ''] = positionals;
  const kind = exerciseKind.safeParse(values.kind);
  if (!kind.success) throw new Usage(`hb new: --kind is one of ${exerciseKind.options.join(', ')}`);
  const [topic, name] = slug.split('/');
  if (!topic || !name || !/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(slug)) {
    throw new Usage('hb new TOPIC/SLUG [--kind KIND]: two words in small letters, as in hb new locks/lost-update');
  }
  const folder = path.join(EXERCISES, slug);
  if (existsSync(folder)) throw new Usage(`hb new: exercises/${slug} is there already`);
  const outline = path.join(EXERCISES, 'course.json');
  const course = JSON.parse(readFileSync(outline, 'utf8')) as { topics: { slug: string; exercises: string[] }[] };
  const entry = course.topics.find((candidate) => candidate.slug === topic);
  if (!entry) throw new Usage(`hb new: there is no topic "${topic}" in exercises/course.json; add it there first`);
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.join(SOLUTIONS, slug), { recursive: true });
  const { exercise, solution } = TEMPLATES[kind.data];
  for (const [file, text] of Object.entries(exercise)) writeFileSync(path.join(folder, file), text);
  for (const [file, text] of Object.entries(solution)) writeFileSync(path.join(SOLUTIONS, slug, file), text);
  entry.exercises.push(name);
  writeFileSync(outline, `${JSON.stringify(course, null, 2)}\n`);
  process.stdout.write(
    `Made exercises/${slug} and solutions/${slug}. Edit them, then: npx hb check ${name} --accept\n`,
  );
  return 0;
}
