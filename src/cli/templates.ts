/** What `hb new` writes: for each kind a small exercise that passes its check, to be replaced piece by piece. */
import type { ExerciseKind } from '../course/schema.ts';

export interface Template {
  /** For exercises/T/S and for solutions/T/S: name to text. */
  readonly exercise: Readonly<Record<string, string>>;
  readonly solution: Readonly<Record<string, string>>;
}

const readme = (kind: ExerciseKind, starter: string) => `---
title: A short title
kind: ${kind}
concepts: [lock]
requires: []
outOfScope: []
starter: ${starter}
---

A story of three sentences that a programmer meets at work. Then what to do, with exact names.

## Hint 1

Where to look.

## Hint 2

What happens there.

## Hint 3

How to mend it.
`;

const PROGRAM = `import threading

total = 0


def add():
    global total
    total = total + 1


def run():
    global total
    total = 0
    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total
`;

const SUITE = `import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('nothing is lost', { entry: call('run'), hint: 'Two threads read the total before either writes it.' }, (run) => {
    expect('the total after two additions', run.value).toBe(2);
  }),
]);
`;

const LOCKED = PROGRAM.replace('total = 0\n\n', 'total = 0\nlock = threading.Lock()\n\n');
const EXPECT = '# expect: failed nothing is lost\n';
const RACE = `${EXPECT}# concurrency: passes under round-robin\n`;

const PROGRAM_TO_GRADE = {
  exercise: { 'exercise.py': PROGRAM, 'tests.ts': SUITE },
  solution: {
    'exercise.py': LOCKED.replace('    total = total + 1', '    with lock:\n        total = total + 1'),
    'wrong-lock-per-call.py':
      RACE + PROGRAM.replace('    total = total + 1', '    with threading.Lock():\n        total = total + 1'),
    'wrong-no-addition.py': EXPECT + PROGRAM.replace('total + 1', 'total'),
  },
};

/** Threads with names, each step a line of its own: for those who drive it, or foretell what it does. */
const STEPS = `import threading

total = 0


def add():
    global total
    seen = total
    total = seen + 1


threads = [threading.Thread(target=add, name=f'clerk-{n}') for n in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total)
`;

const ORDERED = LOCKED.replace(
  '    total = total + 1',
  '    # begin\n    with lock:\n        seen = total\n        total = seen + 1\n    # end',
);

export const TEMPLATES: Readonly<Record<ExerciseKind, Template>> = {
  fix: {
    exercise: { 'README.md': readme('fix', 'failed nothing is lost'), ...PROGRAM_TO_GRADE.exercise },
    solution: PROGRAM_TO_GRADE.solution,
  },
  write: {
    exercise: {
      'README.md': readme('write', 'failed nothing is lost'),
      'exercise.py': PROGRAM.replace('    total = total + 1', '    pass  # your code'),
      'tests.ts': SUITE,
    },
    solution: PROGRAM_TO_GRADE.solution,
  },
  break: {
    exercise: {
      'README.md': readme('break', 'failed an addition is lost'),
      'exercise.py': STEPS,
      'moves.txt': '# One move a line: clerk-1 until line 9\n',
      'tests.ts': `import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('an addition is lost', { hint: 'Both clerks must have seen the same total.' }, (run) => {
    expect('the total that is printed', run.stdout).toBe('1\\n');
  }),
]);
`,
    },
    solution: {
      'moves.txt': 'MainThread until line 15\nclerk-1 until line 9\nclerk-2 until it waits\n',
      'wrong-one-after-the-other.txt':
        '# expect: failed an addition is lost\nMainThread until line 15\nclerk-1 until it waits\nclerk-2 until it waits\n',
      'wrong-not-started.txt': '# expect: error an addition is lost\nclerk-1 until line 9\n',
    },
  },
  predict: {
    exercise: {
      'README.md': readme('predict', 'failed what it can print'),
      'exercise.py': STEPS,
      'answer.txt': '[ ] 0\n[ ] 1\n[ ] 2\n',
      'tests.ts': `import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction('what it can print', { preemptions: 2, hint: 'When does each clerk look at the total?' }, (run) => run.stdout),
]);
`,
    },
    solution: {
      'answer.txt': '[ ] 0\n[x] 1\n[x] 2\n',
      'wrong-never-lost.txt': '# expect: failed what it can print\n[ ] 0\n[ ] 1\n[x] 2\n',
      'wrong-all.txt': '# expect: failed what it can print\n[x] 0\n[x] 1\n[x] 2\n',
    },
  },
  order: {
    exercise: {
      'README.md': readme('order', 'error nothing is lost'),
      'exercise.py': ORDERED.replace(
        /# begin[\s\S]*# end/,
        '# begin\n    total = seen + 1\n    with lock:\n    seen = total\n    # end',
      ),
      'tests.ts': SUITE,
    },
    solution: {
      'exercise.py': ORDERED,
      'wrong-reads-outside.py': `${RACE}${ORDERED.replace(
        /# begin[\s\S]*# end/,
        '# begin\n    seen = total\n    with lock:\n        total = seen + 1\n    # end',
      )}`,
      'wrong-foreign-line.py': `# expect: error nothing is lost\n${ORDERED.replace('seen + 1', 'seen + 2')}`,
    },
  },
};
