/** How long it takes to compare a class: 300 submissions of ten exercises, each with changes of its own. */
import { assignment as schema } from '../classroom/assignment.ts';
import type { Answer } from '../classroom/submission.ts';
import { compareWorks } from '../cli/classroom/similarity/compare-class.ts';
import type { Work } from '../cli/classroom/types.ts';
import { exercisesOf, filesBelow, readCourse, SOLUTIONS } from '../cli/course-files.ts';
import type { Exercise } from '../course/schema.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { goal, type Row, thousands } from './rows.ts';

const EXERCISES = 10;
const LINES = [
  'print("here", len(str(one)))',
  'log.append((one, other))',
  'assert one != other, one',
  'before = [one for one in others if one]',
];

export interface SimilarityFigures {
  readonly submissions: number;
  readonly exercises: number;
  /** Milliseconds: from the texts to all that the report shows of them. */
  readonly ms: number;
  /** Pairs that were compared. */
  readonly pairs: number;
}

export async function measureSimilarity(engine: EngineClient, submissions = 300): Promise<SimilarityFigures> {
  const course = readCourse();
  const exercises = exercisesOf(course)
    .filter(({ kind }) => kind === 'fix' || kind === 'write')
    .slice(0, EXERCISES);
  const assignment = schema.parse({
    ...{ format: 'happens-before/assignment', version: 1, id: 'bench', title: 'Bench', engine: '1' },
    exercises: exercises.map(({ slug }) => ({ slug, points: 1 })),
  });
  const works = madeUpClass(exercises, submissions);
  await compareWorks(engine, assignment, course, works.slice(0, 2), SOLUTIONS);
  const started = performance.now();
  const similarity = await compareWorks(engine, assignment, course, works, SOLUTIONS);
  const ms = performance.now() - started;
  const pairs = similarity.exercises.reduce((sum, { usual }) => sum + (usual?.pairs ?? 0), 0);
  return { submissions, exercises: exercises.length, ms, pairs };
}

const GOAL_SECONDS = 10;

export function similarityRow({ submissions, exercises, ms, pairs }: SimilarityFigures): Row {
  return [
    `Similar answers: ${submissions} submissions of ${exercises} exercises`,
    `${(ms / 1000).toFixed(1)} s`,
    goal(ms / 1000 <= GOAL_SECONDS, `≤ ${GOAL_SECONDS} s`),
    `tokens by the sealed engine, fingerprints, and all ${thousands(pairs)} pairs; everybody's own text`,
  ];
}

/** Each student has one of the course's own answers, right or wrong, with up to four lines put in somewhere. */
function madeUpClass(exercises: readonly Exercise[], submissions: number): Work[] {
  let state = 1;
  const chance = (bound: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
  const written = [...filesBelow(SOLUTIONS)].filter(([file]) => /\/(exercise|wrong-[^/]*)\.py$/.test(file));
  const answersTo = new Map(
    exercises.map(({ slug }) => [
      slug,
      written.filter(([file]) => file.startsWith(`${slug}/`)).map(([, text]) => text),
    ]),
  );
  return Array.from({ length: submissions }, (_, n): Work => {
    const answers = [...answersTo].map(([slug, texts]): [string, Answer] => {
      const lines = (texts[chance(texts.length)] ?? '').split('\n');
      for (let more = chance(5); more > 0; more--) {
        const at = chance(lines.length);
        const indent = /^ +(?=\S)/.exec(lines[at] ?? '')?.[0];
        if (indent !== undefined) lines.splice(at, 0, `${indent}${LINES[chance(LINES.length)]}`);
      }
      return [slug, { files: { 'exercise.py': lines.join('\n') }, attempts: [] }];
    });
    return {
      student: { id: `s${n}`, name: `Student ${n}`, email: '', listed: true, columns: {} },
      source: `s${n}.zip`,
      received: { at: null, by: 'student' },
      answers: new Map(answers),
      engine: null,
      notes: [],
    };
  });
}
