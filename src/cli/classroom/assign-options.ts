/** The options of `hb classroom assign`, read into a draft of an assignment. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { LatePolicy } from '../../classroom/assignment.ts';
import type { Course, Exercise } from '../../course/schema.ts';
import { pick } from '../course-files.ts';
import { Usage } from '../usage.ts';
import { readDue } from './due.ts';

export const ASSIGN_HELP = `hb classroom assign [OPTIONS]

Writes assignment.json, which you hand to your students: as a file, or as a link (--site). Without --exercise it asks.

  --title TEXT              what students see first
  --id WORDS                tells it from other assignments; default: made of the title
  --exercise SLUG[=POINTS]  one of the course's exercises; as often as you like
  --topic TOPIC             all exercises of a topic
  --points N                of each exercise that has none of its own (default 10)
  --weight "SLUG: TEST=N"   this hidden test of the exercise weighs N; the others weigh 1
  --due DATE                2026-12-01 (the end of that day), 2026-12-01T18:00, 2026-12-01T18:00+01:00
  --late POLICY             accept (default), refuse, or deduct:PERCENT[:MOST] for each day begun
  --attempts N              how often a student may press Grade for each exercise, and hand in
  --ask name,id             what students are asked for when they hand in
  --seed N, --budget X      of the search: seed of its random walks; 0.5 is half of the usual effort, 2 twice
  --private DIR             tests that only you have: DIR/TOPIC/NAME/tests.ts; default: private beside the file, if it is there
  --private-points N        what they are worth, for each exercise that has some (default 5)
  --message TEXT            to the students; @FILE takes it from a file
  --out FILE                default assignment.json
  --site URL                prints the link that opens it there
  --force                   replaces a file that is there already
`;

/** All that options say; what is missing is asked for, or has its default. */
export interface Draft {
  readonly title: string | undefined;
  readonly id: string | undefined;
  readonly exercises: readonly { readonly exercise: Exercise; readonly points: number }[];
  readonly weights: readonly { readonly exercise: Exercise; readonly test: string; readonly weight: number }[];
  readonly due: string | undefined;
  readonly late: LatePolicy | undefined;
  readonly attempts: number | undefined;
  readonly asks: readonly string[] | undefined;
  readonly seed: number | undefined;
  readonly budget: number | undefined;
  readonly private: string | undefined;
  readonly privatePoints: number;
  readonly message: string | undefined;
  readonly out: string;
  readonly site: string | undefined;
  readonly force: boolean;
}

/** null: help was asked for. Throws Usage. */
export function readAssignOptions(args: string[], course: Course): Draft | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      title: { type: 'string' },
      id: { type: 'string' },
      exercise: { type: 'string', multiple: true, default: [] },
      topic: { type: 'string', multiple: true, default: [] },
      points: { type: 'string', default: '10' },
      weight: { type: 'string', multiple: true, default: [] },
      due: { type: 'string' },
      late: { type: 'string' },
      attempts: { type: 'string' },
      ask: { type: 'string' },
      seed: { type: 'string' },
      budget: { type: 'string' },
      private: { type: 'string' },
      'private-points': { type: 'string', default: '5' },
      message: { type: 'string' },
      out: { type: 'string', default: 'assignment.json' },
      site: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [stray] = positionals;
  if (stray !== undefined) throw new Usage(`hb classroom assign: what is "${stray}"? Exercises come after --exercise.`);
  const points = number('--points', values.points);
  const wanted = [
    ...values.topic.flatMap((word) => topicOf(course, word).map((exercise) => ({ exercise, points }))),
    ...values.exercise.map((text) => {
      const [word = '', own] = text.split('=');
      const [exercise] = pick(course, [word]) as [Exercise];
      return { exercise, points: own === undefined ? points : number(`--exercise ${text}`, own) };
    }),
  ];
  // Who names a topic and then one of its exercises means to give that one other points.
  const exercises = [...new Map(wanted.map((one) => [one.exercise.slug, one])).values()];
  return {
    title: values.title,
    id: values.id,
    exercises,
    weights: values.weight.map((text) => readWeight(course, text)),
    due: values.due === undefined ? undefined : readDue(values.due),
    late: values.late === undefined ? undefined : readLate(values.late),
    attempts: values.attempts === undefined ? undefined : number('--attempts', values.attempts),
    asks: values.ask
      ?.split(',')
      .map((word) => word.trim())
      .filter(Boolean),
    seed: values.seed === undefined ? undefined : number('--seed', values.seed),
    budget: values.budget === undefined ? undefined : number('--budget', values.budget),
    private: values.private,
    privatePoints: number('--private-points', values['private-points']),
    message: values.message === undefined ? undefined : readMessage(values.message),
    out: values.out,
    site: values.site,
    force: values.force,
  };
}

export function readLate(text: string): LatePolicy {
  if (text === 'accept' || text === 'refuse') return { kind: text };
  const [, perDay, most = '100'] = /^deduct:(\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (perDay !== undefined) return { kind: 'deduct', perDay: Number(perDay), most: Number(most) };
  throw new Usage(
    `hb classroom assign: --late ${JSON.stringify(text)} is no policy: accept, refuse, deduct:10 or deduct:10:50 (10 % a day, 50 % at most).`,
  );
}

function number(option: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new Usage(`hb classroom assign: ${option}: ${JSON.stringify(text)} is no number.`);
}

function topicOf(course: Course, word: string): readonly Exercise[] {
  const topic = course.topics.find(({ slug }) => slug === word);
  if (topic) return topic.exercises;
  const topics = course.topics.map(({ slug }) => slug).join(', ');
  throw new Usage(`hb classroom assign: there is no topic "${word}". There are: ${topics}.`);
}

function readWeight(course: Course, text: string) {
  const [, word, test, weight] = /^([^:]+):\s*(.+?)\s*=\s*(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (word === undefined || test === undefined)
    throw new Usage(
      `hb classroom assign: --weight ${JSON.stringify(text)}: write it as "locks/lost-update: no deposit is lost=3".`,
    );
  const [exercise] = pick(course, [word.trim()]) as [Exercise];
  return { exercise, test, weight: Number(weight) };
}

function readMessage(text: string): string {
  if (!text.startsWith('@')) return text;
  const file = text.slice(1);
  if (!existsSync(file)) throw new Usage(`hb classroom assign: there is no file ${file} (--message @FILE).`);
  return readFileSync(file, 'utf8');
}
