import { expect, test } from 'vitest';
import type { LockInfo, Outcome, RunRecord, StuckTask, Waiting } from '../kernel/types.ts';
import { explainOutcome } from './explain.ts';

const place = (line: number, file = 'exercise.py') => ({ file, line });
const onLock = (lock: number, owner: number | null): Waiting => ({ on: 'lock', lock, owner, until: null });
const stuck = (task: number, waiting: Waiting, line: number | null): StuckTask => ({
  task,
  waiting,
  holds: [],
  at: line === null ? null : place(line),
});

function run(outcome: Outcome, locks: LockInfo[] = []): RunRecord {
  const tasks = [
    { id: 1, process: 42, name: 'MainThread' },
    { id: 2, process: 42, name: 'Thread-1 (transfer)' },
    { id: 3, process: 42, name: 'Thread-2 (transfer)' },
  ];
  const trace = {
    processes: [{ pid: 42, parent: 7, command: 'python3 exercise.py' }],
    tasks,
    locks,
    things: [],
    variables: [],
    events: [],
    truncated: false,
  };
  return { schedule: 's', name: 'round-robin', outcome, stdout: '', stderr: '', clock: 0, steps: 1, trace };
}

const locks: LockInfo[] = [
  { id: 1, made: 'Lock', at: place(3), thing: null },
  { id: 2, made: 'RLock', at: place(4, 'bank.py'), thing: null },
];

test('two locks taken in opposite order', () => {
  const outcome: Outcome = {
    kind: 'deadlock',
    stuck: [stuck(1, { on: 'join', task: 2, until: null }, 20), stuck(2, onLock(2, 3), 12), stuck(3, onLock(1, 2), 12)],
  };
  expect(explainOutcome(run(outcome, locks)).split('\n')).toEqual([
    'MainThread waits at exercise.py:20 for Thread-1 (transfer) to end.',
    'Thread-1 (transfer) waits at exercise.py:12 for the RLock made at bank.py:4, which Thread-2 (transfer) holds.',
    'Thread-2 (transfer) waits at exercise.py:12 for the Lock made at line 3, which Thread-1 (transfer) holds.',
    'Each waits for the next, so none can ever go on: Thread-1 (transfer) → Thread-2 (transfer) → Thread-1 (transfer). That cycle is the deadlock.',
  ]);
});

test('a Lock taken twice by one thread', () => {
  const text = explainOutcome(run({ kind: 'deadlock', stuck: [stuck(1, onLock(1, 1), 5)] }, locks));
  expect(text).toBe(
    'MainThread waits at exercise.py:5 for the Lock made at line 3, which it holds itself.\nMainThread waits for itself, so it can never go on: a deadlock.',
  );
});

test('a lock whose holder died', () => {
  const text = explainOutcome(run({ kind: 'deadlock', stuck: [stuck(1, onLock(1, 2), 5)] }, locks));
  expect(text).toContain('which Thread-1 (transfer) took and did not release before it ended.');
  expect(text).toContain('It can never go on: nothing is left that could wake it.');
});

test('an Event that nobody sets, and twins made on one line', () => {
  const twins: LockInfo[] = [
    { id: 1, made: 'Event', at: place(7), thing: 1 },
    { id: 2, made: 'Event', at: place(7), thing: 2 },
  ];
  const text = explainOutcome(run({ kind: 'deadlock', stuck: [stuck(2, onLock(2, null), null)] }, twins));
  expect(text).toContain(
    'Thread-1 (transfer) waits for the Event made at exercise.py:7 (lock 2), and nobody is left to set it.',
  );
});

test('a thread of the library that only rests is not told of', () => {
  const own: LockInfo[] = [{ id: 9, made: 'Condition', at: null, thing: null }];
  const outcome: Outcome = {
    kind: 'deadlock',
    stuck: [stuck(1, { on: 'read', what: 'pipe 2', until: null }, 20), stuck(2, onLock(9, null), null)],
  };
  expect(explainOutcome(run(outcome, own))).not.toContain('Thread-1');
  expect(explainOutcome(run({ kind: 'deadlock', stuck: [stuck(2, onLock(9, null), null)] }, own))).toContain(
    'Thread-1',
  );
});

test('a run without a trace still has names', () => {
  const bare = run({ kind: 'deadlock', stuck: [stuck(4, onLock(9, 5), 2), stuck(5, onLock(8, 4), 3)] });
  const text = explainOutcome({
    ...bare,
    trace: { processes: [], tasks: [], locks: [], things: [], variables: [], events: [], truncated: false },
  });
  expect(text).toContain('thread 4 waits at exercise.py:2 for lock 9, which thread 5 holds.');
});

test.each<[Outcome, string]>([
  [{ kind: 'exit', code: 0 }, 'The program ended normally.'],
  [{ kind: 'exit', code: 3 }, 'The program ended with exit code 3.'],
  [{ kind: 'exception', type: 'KeyError', message: "'a'", at: place(7) }, "KeyError: 'a' (raised at exercise.py:7)"],
  [{ kind: 'exception', type: 'MemoryError', message: '', at: null }, 'MemoryError'],
  [
    { kind: 'limit', limit: 'steps', bound: 2_000_000 },
    'Stopped at the limit of 2,000,000 steps. Is there a loop that never ends?',
  ],
  [{ kind: 'limit', limit: 'memory', bound: 256 << 20 }, 'Stopped at the limit of 256 MB of memory.'],
  [{ kind: 'limit', limit: 'tasks', bound: 4000 }, 'Stopped at the limit of 4,000 threads alive at one time.'],
])('%o', (outcome, text) => {
  expect(explainOutcome(run(outcome))).toBe(text);
});
