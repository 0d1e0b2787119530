/** Hostile answers to the kinds whose answer is no program: each must be refused, in a sentence and at once. */
import { expect } from '../grader/expect.ts';
import type { Files, Gradable } from '../grader/gradable.ts';
import { call, prediction, suite, test } from '../grader/suite.ts';

const CLERKS = `import threading
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

const ORDER = `done = []
def run():
    # begin
    return done
    done.append(1)
    # end
`;

/** A program that nobody may change, and goals that honest answers cannot reach. */
export const EXERCISES = {
  break: {
    slug: 'attacks/break',
    kind: 'break',
    suite: suite([test('nothing is added', { hint: '' }, (run) => expect('the total', run.stdout).toBe('0\n'))]),
    support: { 'exercise.py': CLERKS },
    starter: { 'moves.txt': '' },
  },
  /** Only a finer switch model than its own reaches the goal. */
  coarse: {
    slug: 'attacks/coarse',
    kind: 'break',
    suite: suite([
      test('an addition is lost', { hint: '', model: 'blocking-only' }, (run) =>
        expect('the total', run.stdout).toBe('1\n'),
      ),
    ]),
    support: { 'exercise.py': CLERKS },
    starter: { 'moves.txt': '' },
  },
  predict: {
    slug: 'attacks/predict',
    kind: 'predict',
    suite: suite([prediction('what it prints', { hint: '', preemptions: 1 }, (run) => run.stdout)]),
    support: { 'exercise.py': CLERKS },
    starter: { 'answer.txt': '[ ] 0\n[ ] 1\n[ ] 2\n' },
  },
  order: {
    slug: 'attacks/order',
    kind: 'order',
    suite: suite([
      test('two are done', { hint: '', entry: call('run') }, (run) => expect('it', run.value).toEqual([1, 1])),
    ]),
    support: {},
    starter: { 'exercise.py': ORDER },
  },
} as const satisfies Record<string, Gradable>;

export interface HostileAnswer {
  readonly name: string;
  readonly to: keyof typeof EXERCISES;
  readonly files: Files;
}

const moves = (name: string, text: string): HostileAnswer => ({ name, to: 'break', files: { 'moves.txt': text } });
const options = (name: string, text: string): HostileAnswer => ({ name, to: 'predict', files: { 'answer.txt': text } });
const order = (name: string, text: string): HostileAnswer => ({ name, to: 'order', files: { 'exercise.py': text } });
const SORTED = ORDER.replace(/# begin[\s\S]*# end/, '# begin\n    done.append(1)\n    return done\n    # end');

export const HOSTILE: readonly HostileAnswer[] = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    '0',
    '999999999',
    'clerk-1\u0000',
    '\u202e1-krelc',
    'MainThread until',
  ].map((name) => moves(`a thread called ${JSON.stringify(name)}`, `${name} step 1\n`)),
  moves('more moves than anybody makes', 'MainThread step 1\n'.repeat(500_000)),
  moves('one endless line', 'x '.repeat(4_000_000)),
  moves('one line of comment signs', ' #'.repeat(2_000_000)),
  moves('as many steps as may be asked for', 'MainThread step 1000000\n'.repeat(2000)),
  moves('steps that are no number', 'MainThread step 1e9\n'),
  moves('a line far away', `MainThread until line ${'9'.repeat(300)}\n`),
  moves('a line of another file', 'MainThread until line 1 of /etc/passwd\n'),
  moves('a long schedule', `hb1.e.0.x.${'_'.repeat(3_000_000)}.abc\n`),
  moves('another version of schedules', 'hb9.e.0.x.AA.abc\n'),
  {
    name: 'a program of its own beside the moves',
    to: 'break',
    files: { 'moves.txt': '', 'exercise.py': 'print(0)\n', 'exercise/__init__.py': '', 'threading.py': 'x = 1' },
  },
  options('everything', '[x] 0\n[x] 1\n[x] 2\n'),
  options('nothing', ''),
  options('more options than there are', '[x] 1\n[x] 2\n[x] __proto__\n'),
  options('endless options', Array.from({ length: 200_000 }, (_, n) => `[x] ${n}`).join('\n')),
  options('one endless option', `[x] ${'1 '.repeat(4_000_000)}\n[x] 1\n[x] 2\n`),
  options('the same option, marked and not', '[x] 1\n[ ] 1\n[x] 2\n'),
  {
    name: 'a program of its own beside the options',
    to: 'predict',
    files: { 'answer.txt': '[x] 7\n', 'exercise.py': 'print(7)\n' },
  },
  order('a line of its own', SORTED.replace('append(1)', 'extend([1, 1])')),
  order('a line twice', SORTED.replace('    return', '    done.append(1)\n    return')),
  order('code behind a carriage return', `# a comment\rdone = [1]\n${SORTED}`.replace('\ndone = []', '')),
  order('code in a carriage return', SORTED.replace('done = []', 'done = []\n# a comment\rdone.append(1)')),
  order('code that an encoding brings', `# coding: raw_unicode_escape\n${SORTED}#\\u000adone.append(1)\n`),
  order('code below a second end', `${SORTED}    # end\n`),
  order('no lines at all', '# begin\n# end\n'),
  {
    name: 'a file beside it',
    to: 'order',
    files: { 'exercise.py': ORDER, 'exercise/__init__.py': 'def run(): return [1, 1]' },
  },
];
