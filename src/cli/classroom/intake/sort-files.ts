/** What each file of a folder or an archive is: an answer, a submission file, an archive, or nothing to grade. */
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Course, Exercise } from '../../../course/schema.ts';
import type { ClassList } from './class-list.ts';
import { type Found, rubbish, type Stray } from './found.ts';
import { placeOf } from './places.ts';
import { someOf } from './printable.ts';

/** What is asked of every file. */
export interface Wanted {
  readonly assignment: Assignment;
  /** The assignment's, in its order. */
  readonly exercises: ReadonlyMap<string, Exercise>;
  /** Every slug of the course. */
  readonly slugs: ReadonlySet<string>;
  readonly list: ClassList;
  /** Fingerprints of starters as they came, by slug; of others, what lies in the course is the starter. */
  readonly starters: Readonly<Record<string, string>>;
}

export function wantedOf(
  assignment: Assignment,
  course: Course,
  list: ClassList,
  starters: Wanted['starters'],
): Wanted {
  const all = course.topics.flatMap((topic) => topic.exercises);
  const exercises = new Map(
    assignment.exercises.flatMap(({ slug }) => {
      const exercise = all.find((one) => one.slug === slug);
      return exercise ? [[slug, exercise] as const] : [];
    }),
  );
  return { assignment, exercises, slugs: new Set(all.map(({ slug }) => slug)), list, starters };
}

/** A learner's file of an exercise. */
export interface Answering {
  /** The folder of the hand-in that it is part of. */
  readonly base: readonly string[];
  readonly slug: string;
  readonly file: string;
  /** Not just where it should be: one that is comes first. */
  readonly loose?: true;
}

export type Sorted =
  | (Answering & { readonly kind: 'answer' })
  | { readonly kind: 'json' }
  | { readonly kind: 'archive' }
  /** `unchanged`: the text that it was given out with. */
  | { readonly kind: 'stray'; readonly stray: Stray; readonly unchanged?: string };

const FORGED =
  /^(results?|grades?|gradebook|points|scores?|verdicts?|junit|report)([-_.][\w.-]*)?\.(json|csv|xml|html?|txt)$/i;
const OTHER_ARCHIVE = /\.(rar|7z|tar|tgz|gz|bz2|xz|zst|dmg|iso)$/i;
/** Of a repository that was handed out, beside the answers. */
const GIVEN = new Set(
  'README.md LICENSE package.json package-lock.json assignment.json tests.ts world.json course.json tsconfig.json .gitignore .gitattributes .npmrc .editorconfig'.split(
    ' ',
  ),
);

export function sortFile({ names, shown }: Found, wanted: Wanted): Sorted {
  const stray = (kind: Stray['kind'], reason: string, advice: string) => ({
    kind: 'stray' as const,
    stray: { names, shown, kind, reason, advice },
  });
  const last = names.at(-1) ?? '';
  const inExercise = exerciseOf(names, wanted);
  if (inExercise) {
    const { slug, base, rest, ...how } = inExercise;
    const exercise = wanted.exercises.get(slug);
    if (!exercise)
      return stray(
        'foreign',
        `is of ${slug}, which is not in this assignment.`,
        'Nothing is to be done, unless you meant to assign it.',
      );
    const [file = ''] = rest;
    if (rest.length === 1 && Object.hasOwn(exercise.starter, file)) return { kind: 'answer', base, slug, file, ...how };
    if (file === 'README.md' || file === 'world.json') return { kind: 'stray', stray: rubbish(names, shown) };
    const editable = someOf(Object.keys(exercise.starter));
    if (!Object.hasOwn(exercise.support, file) && isLike(file, exercise))
      return stray(
        'other',
        `is not called ${editable}, so it is no answer to ${slug}.`,
        'Rename it if it is the answer.',
      );
    const reason = `is not the student's to change: of ${slug} only ${editable} counts.`;
    const given = stray('given', reason, `Ask the student for ${editable} if there is no other.`);
    const unchanged = Object.hasOwn(exercise.support, file) && rest.length === 1 ? exercise.support[file] : undefined;
    return unchanged === undefined ? given : { ...given, unchanged };
  }
  if (FORGED.test(last) && !/\.hb\.json/i.test(last))
    return stray('forged', 'says nothing here: results are made by grading alone.', 'Remove it if it is in your way.');
  const loose = looseAnswer(names, wanted);
  if (loose) return loose;
  if (GIVEN.has(last) || names.includes('.github')) return { kind: 'stray', stray: rubbish(names, shown) };
  // Some browsers save it as text.
  if (/\.json(\.txt)?$/i.test(last)) return { kind: 'json' };
  if (/\.zip$/i.test(last)) return { kind: 'archive' };
  if (OTHER_ARCHIVE.test(last))
    return stray('other', 'is an archive of a kind that is not read.', 'Unpack it into a folder, or ask for a .zip.');
  return stray('other', 'is no answer to any exercise.', adviceFor(last, wanted));
}

function adviceFor(name: string, { exercises }: Wanted): string {
  const [slug, { starter }] = [...exercises][0] ?? ['TOPIC/NAME', { starter: {} }];
  const [file = 'exercise.py'] = Object.keys(starter);
  return /\.(py|txt)$/i.test(name)
    ? `Put it where its exercise is, as in exercises/${slug}/${file}, or ask for the file that the site made.`
    : 'Ask the student for the file that the site made for this assignment.';
}

/** `Exercise.py`, `exercise.py.txt`, `exercise (1).py`: what computers and haste make of a name. */
function isLike(file: string, { starter }: Exercise): boolean {
  return Object.keys(starter).some((name) => file.toLowerCase().startsWith(name.replace(/\..*/, '')));
}

/** `…/[exercises/]TOPIC/NAME/rest`, however it is capitalised, or `…/NAME/rest` if one assigned exercise is called so. */
function exerciseOf(names: readonly string[], { slugs, exercises }: Wanted) {
  const small = names.map((name) => name.toLowerCase());
  for (let i = 0; i + 2 < names.length; i += 1) {
    const slug = `${small[i]}/${small[i + 1]}`;
    const base = names.slice(0, small[i - 1] === 'exercises' ? i - 1 : i);
    const exact = slug === `${names[i]}/${names[i + 1]}`;
    if (slugs.has(slug)) return { slug, base, rest: names.slice(i + 2), ...(exact ? {} : LOOSE) };
  }
  const folder = small.at(-2);
  const named = [...exercises.keys()].filter((slug) => slug.endsWith(`/${folder}`));
  const [slug] = named;
  const file = names.at(-1) ?? '';
  return slug !== undefined && named.length === 1 && Object.hasOwn(exercises.get(slug)?.starter ?? {}, file)
    ? { slug, base: names.slice(0, -2), rest: [file], ...LOOSE }
    : null;
}

const LOOSE = { loose: true } as const;

/** Where one exercise is all there is, its file may lie anywhere; the learning platform may have put words before its name. */
function looseAnswer(names: readonly string[], { exercises, list }: Wanted): Sorted | null {
  const [only, ...others] = exercises;
  if (!only || others.length > 0) return null;
  const [slug, { starter }] = only;
  const last = names.at(-1) ?? '';
  if (Object.hasOwn(starter, last)) return { kind: 'answer', base: names.slice(0, -1), slug, file: last, ...LOOSE };
  // Canvas numbers what is handed in again: exercise-1.py.
  const file = placeOf(last, list)?.original.replace(/-\d{1,3}(?=\.\w+$)/, '') ?? '';
  return Object.hasOwn(starter, file) ? { kind: 'answer', base: names, slug, file, ...LOOSE } : null;
}
