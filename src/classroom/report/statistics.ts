/** What a class's results say together. Numbers only; the report puts them into words. */
import type { VerdictKind } from '../../grader/verdict.ts';
import type { ClassResults, ExerciseResult, Resemblance, StudentResult } from '../graded.ts';
import { percentOf } from './shown.ts';
import { type Standing, standingOf } from './standing.ts';

/** Of values in order; null if there are none. */
export interface Quartiles {
  readonly count: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface ExerciseStatistics {
  readonly slug: string;
  readonly title: string;
  readonly standings: Readonly<Record<Standing, number>>;
  /** By the students' own word: seconds from the first attempt to the first that passed. */
  readonly toPass: Quartiles | null;
  /** By the students' own word: of those who tried at all. */
  readonly attempts: Quartiles | null;
}

export interface TestStatistics {
  readonly slug: string;
  readonly title: string;
  readonly name: string;
  readonly private: boolean;
  readonly graded: number;
  readonly failed: number;
  /** Those that did not pass, the most frequent first. */
  readonly verdicts: readonly (readonly [VerdictKind, number])[];
}

export interface WrongAnswer {
  readonly slug: string;
  readonly title: string;
  readonly says: string;
  readonly answer: string;
  readonly by: readonly { readonly student: StudentResult; readonly similarity: Resemblance['similarity'] }[];
}

/** Linear between the two values nearest, as spreadsheets do. */
export function quartilesOf(values: readonly number[]): Quartiles | null {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (part: number) => {
    const place = (sorted.length - 1) * part;
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? 0;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { count: sorted.length, low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** Eleven counts of who handed in: 0 to under 10 per cent … 90 to under 100, and 100. */
export function distribution(students: readonly StudentResult[]): number[] {
  const counts = Array.from({ length: 11 }, () => 0);
  for (const { source, points, possible } of students) {
    const percent = source === null ? null : percentOf(points, possible);
    if (percent === null) continue;
    const bar = Math.max(0, Math.min(10, Math.floor(percent / 10)));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}

export function exerciseStatistics({ assignment, students }: ClassResults): ExerciseStatistics[] {
  return assignment.exercises.map(({ slug }, n) => {
    const answers = students.flatMap(({ exercises }) => exercises[n] ?? []);
    const standings = { passed: 0, partly: 0, failed: 0, nothing: 0, ungraded: 0 };
    for (const answer of answers) standings[standingOf(answer)]++;
    return {
      slug,
      title: answers[0]?.title ?? slug,
      standings,
      toPass: quartilesOf(answers.flatMap((answer) => secondsToPass(answer) ?? [])),
      attempts: quartilesOf(answers.map(({ attempts }) => attempts.length).filter((count) => count > 0)),
    };
  });
}

/** By the student's own word; null: no attempt passed. */
export function secondsToPass({ attempts }: ExerciseResult): number | null {
  const times = attempts.map(({ at }) => Date.parse(at)).filter((time) => !Number.isNaN(time));
  const passed = attempts.filter(({ verdict }) => verdict === 'passed').map(({ at }) => Date.parse(at));
  const first = passed.filter((time) => !Number.isNaN(time)).reduce((least, time) => Math.min(least, time), Infinity);
  if (first === Infinity) return null;
  return (first - times.reduce((least, time) => Math.min(least, time), first)) / 1000;
}

/** The one that fails most comes first. */
export function testStatistics({ students }: ClassResults): TestStatistics[] {
  const tests = new Map<string, TestStatistics & { graded: number; failed: number; kinds: Map<VerdictKind, number> }>();
  for (const { exercises } of students)
    for (const { slug, title, graded } of exercises)
      for (const test of graded?.tests ?? []) {
        const key = JSON.stringify([slug, test.private, test.name]);
        const { name, private: ofTeacher } = test;
        const one = tests.get(key) ?? {
          ...{ slug, title, name, private: ofTeacher, graded: 0, failed: 0, verdicts: [] },
          kinds: new Map<VerdictKind, number>(),
        };
        tests.set(key, one);
        one.graded++;
        if (test.verdict === 'passed') continue;
        one.failed++;
        one.kinds.set(test.verdict, (one.kinds.get(test.verdict) ?? 0) + 1);
      }
  return [...tests.values()]
    .map(({ kinds, ...one }) => ({ ...one, verdicts: [...kinds].sort((a, b) => b[1] - a[1] || order(a[0], b[0])) }))
    .sort((a, b) => b.failed / b.graded - a.failed / a.graded || b.failed - a.failed);
}

/** The most common comes first. */
export function wrongAnswers({ students }: ClassResults): WrongAnswer[] {
  const answers = new Map<string, WrongAnswer & { by: { student: StudentResult; similarity: number }[] }>();
  for (const student of students)
    for (const { slug, title, resembles } of student.exercises) {
      if (resembles === null) continue;
      const { answer, says, similarity } = resembles;
      const key = JSON.stringify([slug, answer]);
      const one = answers.get(key) ?? { slug, title, answer, says, by: [] };
      answers.set(key, one);
      one.by.push({ student, similarity });
    }
  return [...answers.values()].sort(
    (a, b) => b.by.length - a.by.length || order(a.slug, b.slug) || order(a.answer, b.answer),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
