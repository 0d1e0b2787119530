/** A class that nobody taught, for the tests of the reports: every way in which work comes in, the same each time. */
import { type Assignment, assignment } from '../assignment.ts';
import type { ClassResults, ExerciseResult, GradedTest, Student, StudentResult } from '../graded.ts';
import { deductionFor, lateBy, pointsOf, possibleOf, rounded } from '../points.ts';

export const PRIVATE_TEST = 'a hundred deposits at once, secretly';

export const ASSIGNMENT: Assignment = assignment.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'week-3-locks',
  title: 'Week 3: locks',
  engine: '14',
  due: '2026-12-01T23:59:00+01:00',
  late: { kind: 'deduct', perDay: 10, most: 50 },
  exercises: [
    { slug: 'locks/lost-update', points: 10, private: { points: 5, print: '0123456789abcdef' } },
    { slug: 'locks/transfer', points: 10 },
    { slug: 'locks/last-seat', points: 5 },
    { slug: 'queues/bounded-buffer', points: 10 },
  ],
});

const TITLES = ['The deposit that vanished', 'Money between accounts', 'The last seat', 'A buffer with a bottom'];
const NAMES =
  `Ada Lindqvist,Bao Nguyễn,Chiara D’Angelo,Dmitri Волков,Esra Yılmaz,Fatima al-Zahra,Grace O’Brien,Hiroshi 田中,Ines Møller,Jakub Żak,Kwame Mensah,Leonie Groß,Mateus da Conceição de Albuquerque,Nadia Petrova,Oluwaseun Adeyemi,Priya Raghunathan,Quentin Lefèvre,Rosa Jiménez,Sven Åkesson,Tomoko 山本,Uwe Schäfer,Valentina Rossi,Wei 王伟,Ximena Ortega,Yusuf Demir,Zoë van der Berg`.split(
    ',',
  );
const CODE = `"""An account that several threads use at once."""
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        with threading.Lock():
            self.balance = self.balance + amount

    def withdraw(self, amount):
        with self.lock:
            self.balance = self.balance - amount
`;

/** Numbers from 0 to under 1 that only look like chance. */
function* chances(): Generator<number, never> {
  for (let state = 7; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

export interface MadeUp {
  readonly size: number;
  /** Instead of the made-up names, from the first on; ids too. */
  readonly hostile?: readonly string[];
}

export function madeUpClass({ size, hostile = [] }: MadeUp): ClassResults {
  const numbers = chances();
  const next = () => numbers.next().value;
  const students = Array.from({ length: size }, (_, n): StudentResult => {
    const bad = hostile[n];
    const name = bad ?? NAMES[n % NAMES.length] ?? '';
    const id = bad ?? `s${String(1001 + n)}`;
    const columns = {
      Student: name,
      ID: String(70_000 + n),
      'SIS Login ID': id,
      Section: 'Operating systems, group A',
    };
    const student: Student = { id, name, email: `${id}@example.org`, listed: n % 23 !== 21, columns };
    return resultOf(student, n, next);
  });
  return {
    assignment: ASSIGNMENT,
    students,
    refused: [
      {
        file: 'late-night.zip!homework/answers.docx',
        reason: 'is not a submission file: it is a Word document',
        advice: 'Ask for the file that the assignment’s page makes, which ends in .hb.json.',
      },
    ],
    engine: '14',
  };
}

function resultOf(student: Student, n: number, next: () => number): StudentResult {
  const absent = n % 9 === 8;
  const skill = 0.25 + next() * 0.75;
  const at = absent
    ? null
    : n % 7 === 5
      ? `2026-12-0${2 + (n % 3)}T10:30:00+01:00`
      : `2026-12-01T2${n % 4}:15:00+01:00`;
  const exercises = ASSIGNMENT.exercises.map((assigned, m): ExerciseResult => {
    const nothing = absent || next() > 0.97;
    const broken = !nothing && n % 41 === 12 && m === 3;
    const tests = nothing || broken ? [] : testsOf(m, () => next() < skill - m * 0.08);
    const wrong = tests.some(({ verdict }) => verdict !== 'passed');
    const passes = tests.every((test) => test.private || test.verdict === 'passed') || n % 13 === 3;
    return {
      slug: assigned.slug,
      title: TITLES[m] ?? '',
      files: nothing ? null : { 'exercise.py': CODE },
      graded: nothing
        ? null
        : {
            key: `${n}-${m}`,
            slug: assigned.slug,
            tests,
            seconds: 1.5,
            ...(broken && { broken: 'The grader ran out of memory. Grade again with hb classroom grade.' }),
          },
      points: pointsOf(assigned, tests),
      possible: possibleOf(assigned),
      attempts: nothing ? [] : attemptsOf(1 + Math.floor(next() * 6), passes, m),
      resembles:
        wrong && m < 2 && next() < 0.7
          ? {
              answer: m === 0 ? 'wrong-lock-per-call' : 'wrong-deposit-only',
              says: m === 0 ? 'A new lock for each call: nobody else ever asks for it.' : 'A lock on one door of two.',
              similarity: next() < 0.6 ? 1 : 0.87,
            }
          : null,
    };
  });
  const reached = rounded(exercises.reduce((sum, { points }) => sum + points, 0));
  const late = lateBy(ASSIGNMENT.due, at);
  const deducted = deductionFor(ASSIGNMENT.late, late, reached);
  return {
    student,
    source: absent ? null : `week3/${student.id.replace(/[^\w.-]/g, '_')}.hb.json`,
    received: absent ? null : { at, by: n % 3 === 0 ? 'student' : 'lms' },
    late,
    exercises,
    reached,
    deducted,
    points: rounded(reached - deducted),
    possible: rounded(exercises.reduce((sum, { possible }) => sum + possible, 0)),
    notes: absent ? ['Nothing was handed in.'] : n % 11 === 4 ? ['Handed in three times; the last one counts.'] : [],
  };
}

function testsOf(m: number, passes: () => boolean): GradedTest[] {
  const proof = 'every schedule with at most 2 preemptions: 178 runs cover them all';
  const names = ['no deposit is lost', 'deposits and withdrawals do not disturb each other'];
  const all = m === 0 ? [...names, PRIVATE_TEST] : names.map((name) => (m === 1 ? `${name} between accounts` : name));
  return all.map((name): GradedTest => {
    const common = { name, private: name === PRIVATE_TEST, proof };
    if (passes()) return { ...common, verdict: 'passed' };
    const stuck = m === 1;
    return {
      ...common,
      verdict: stuck ? 'deadlock' : 'failed',
      proof: 'found in run 12',
      failure: {
        message: stuck
          ? 'Nobody can go on.\nThread-1 waits for the lock of account B, which Thread-2 holds.\nThread-2 waits for the lock of account A, which Thread-1 holds.'
          : `the balance after four deposits of 10: expected 40, got 30${common.private ? ` (${PRIVATE_TEST})` : ''}`,
        hint: `Which lock does deposit acquire, and which one does withdraw?${common.private ? ` ${PRIVATE_TEST}` : ''}`,
        schedule: common.private ? 'hb1.e.0.1private.AgEB.4k2' : 'hb1.e.0.1x9f3kq.AgEB.4k2',
        replay: common.private ? 'replay=privateAAAA' : 'replay=q1ZKy8xJLVKyUkrLTFWqBQA',
      },
    };
  });
}

function attemptsOf(count: number, passed: boolean, m: number): ExerciseResult['attempts'] {
  return Array.from({ length: count }, (_, k) => ({
    at: `2026-11-2${m + 3}T1${k}:${String(10 + ((k * 7 + count * 5) % 49))}:00+01:00`,
    verdict: passed && k === count - 1 ? 'passed' : 'failed',
    ...(passed && k === count - 1 ? {} : { test: 'no deposit is lost' }),
  }));
}
