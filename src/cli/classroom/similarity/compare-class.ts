/**
 * What `hb classroom grade` says beyond verdicts, made in the sealed engine that it is handed:
 * - `compareWorks(engine, assignment, course, works, solutions)`: who may have worked with whom (`Similarity`);
 * - `resemblancesOf(engine, course, failing, solutions)`: which known wrong answers the failing ones are, by `Graded.key`.
 * `solutions` is the course's folder of solutions (course-files.ts: SOLUTIONS). Neither rejects because of what students sent.
 */
import path from 'node:path';
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Graded, Resemblance } from '../../../classroom/graded.ts';
import { compareClass, type ExerciseAnswers } from '../../../classroom/similarity/compare-class.ts';
import type { Material } from '../../../classroom/similarity/compare-exercise.ts';
import { type Known, type Read, recogniser } from '../../../classroom/similarity/known-wrong.ts';
import { type Joined, joined, linesOf, type Normalised } from '../../../classroom/similarity/normalised.ts';
import type { Similarity } from '../../../classroom/similarity/types.ts';
import { ANSWER_FILE } from '../../../course/answer-file.ts';
import type { Course, Exercise } from '../../../course/schema.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { exercisesOf, filesBelow } from '../../course-files.ts';
import type { Work } from '../types.ts';
import { normaliseSources } from './normalise-sources.ts';

type Files = Readonly<Record<string, string>>;

/** Compares the answers of all works, exercise by exercise. */
export function compareWorks(
  engine: EngineClient,
  assignment: Assignment,
  course: Course,
  works: readonly Work[],
  solutions: string,
): Promise<Similarity> {
  return compareClass(readAnswers(engine, assignedOf(assignment, course), works, solutions));
}

async function* readAnswers(
  engine: EngineClient,
  exercises: readonly Exercise[],
  works: readonly Work[],
  solutions: string,
): AsyncGenerator<ExerciseAnswers> {
  for (const exercise of exercises) {
    const { slug, title, starter, support } = exercise;
    const submitted = works.flatMap(({ student, answers }) => {
      const files = answers.get(slug)?.files;
      return files ? [{ student: { id: student.id, name: student.name }, files: ofLearner(files, exercise) }] : [];
    });
    const comparable = isComparable(exercise);
    const solution = solutionOf(exercise, solutions);
    const texts = [starter, support, solution ?? {}, ...submitted.map(({ files }) => files)];
    const read = reader(await normaliseSources(engine, comparable ? texts.flatMap(Object.values) : []));
    const [begun, right] = [read(starter), solution && read(solution)];
    const material: Material = {
      ...{ slug, title, comparable },
      template: [begun.normalised, read(support).normalised],
      starter: { text: begun.text, program: begun.normalised.program },
      known: [exercise.task, ...exercise.hints, ...Object.values(starter), ...Object.values(support)],
      solution: right && { text: right.text, program: right.normalised.program },
    };
    yield { material, answers: submitted.map(({ student, files }) => ({ student, ...read(files) })) };
  }
}

/** An answer that did not pass. */
export interface FailingAnswer {
  readonly slug: string;
  readonly files: Files;
  readonly graded: Graded;
}

/** Those that are no known wrong answer are not in it. */
export async function resemblancesOf(
  engine: EngineClient,
  course: Course,
  failing: readonly FailingAnswer[],
  solutions: string,
): Promise<ReadonlyMap<string, Resemblance>> {
  const found = new Map<string, Resemblance>();
  for (const exercise of exercisesOf(course)) {
    const { slug, kind, starter } = exercise;
    const answers = failing.filter((one) => one.slug === slug);
    if (answers.length === 0) continue;
    const written = filesBelow(path.join(solutions, slug));
    const answer = ANSWER_FILE[kind];
    const wrong = [...written].filter(([name]) => name.startsWith('wrong-')).sort(([a], [b]) => (a < b ? -1 : 1));
    const solution = solutionOf(exercise, solutions);
    const own = answers.map(({ files }) => ofLearner(files, exercise));
    const isPython = answer.endsWith('.py');
    const texts = [starter, solution ?? {}, ...wrong.map(([, text]) => ({ [answer]: text })), ...own];
    const read = reader(await normaliseSources(engine, isPython ? texts.flatMap(Object.values) : []));
    const readAs = (files: Files): Read =>
      isPython ? read({ ...starter, ...files }) : { text: files[answer] ?? '', normalised: null };
    const known: Known = {
      kind,
      starter: readAs(starter),
      solution: solution && readAs(solution),
      wrong: wrong.map(([name, text]) => ({
        answer: name.replace(/\.\w+$/, ''),
        ...readAs({ [answer]: text }),
        text,
      })),
    };
    const recognise = recogniser(known);
    for (const [at, { graded }] of answers.entries()) {
      const resembled = recognise(readAs(own[at] ?? {}), graded);
      if (resembled !== null) found.set(graded.key, resembled);
    }
  }
  return found;
}

function assignedOf(assignment: Assignment, course: Course): Exercise[] {
  const bySlug = new Map(exercisesOf(course).map((exercise) => [exercise.slug, exercise]));
  return assignment.exercises.flatMap(({ slug }) => bySlug.get(slug) ?? []);
}

/** Marks, moves and lines that were given: whoever has the right ones has the same. */
function isComparable({ kind }: Exercise): boolean {
  return kind === 'write' || kind === 'fix';
}

/** Intake lets no other files through; nor does this. */
function ofLearner(files: Files, { starter }: Exercise): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => Object.hasOwn(starter, name)));
}

/** null: the course has none for it. */
function solutionOf({ slug, kind, starter }: Exercise, solutions: string): Files | null {
  const answer = ANSWER_FILE[kind];
  const text = filesBelow(path.join(solutions, slug)).get(answer);
  return text === undefined ? null : { ...starter, [answer]: text };
}

function reader(normalised: ReadonlyMap<string, Normalised>): (files: Files) => Joined {
  return (files) => joined(files, (source) => normalised.get(source) ?? linesOf(source));
}
