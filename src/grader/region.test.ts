import { expect, test } from 'vitest';
import { findRegion, leftOut, regionProblem, writeRegion } from './region.ts';

const STARTER = `import threading
lock = threading.Lock()

def deposit():
    # begin
    print(seen)
    with lock:
    seen = 1
    seen = 1
    # end

deposit()
`;
const SOLVED = STARTER.replace(
  /# begin[\s\S]*# end/,
  `# begin
    with lock:
        seen = 1
        print(seen)
    # end`,
);

test('lines and their indentation, taken apart and put together', () => {
  const region = findRegion(SOLVED);
  expect(region?.lines).toEqual([
    { text: 'with lock:', indent: 1, line: 6 },
    { text: 'seen = 1', indent: 2, line: 7 },
    { text: 'print(seen)', indent: 2, line: 8 },
  ]);
  expect(region && writeRegion(region, region.lines)).toBe(SOLVED);
});

test('the starter, and its lines in another order, are answers; what is left out is known', () => {
  expect(regionProblem(STARTER, STARTER)).toBeNull();
  expect(regionProblem(SOLVED, STARTER)).toBeNull();
  expect(regionProblem(`# my answer\n\n${SOLVED}`, STARTER)).toBeNull();
  expect(regionProblem(`${SOLVED.replace(/\n/g, '\r\n')}\r\n`, STARTER)).toBeNull();
  const [own, given] = [findRegion(SOLVED), findRegion(STARTER)];
  expect(own && given && leftOut(own, given).map(({ text }) => text)).toEqual(['seen = 1']);
});

test.each([
  ['a foreign line', SOLVED.replace('print(seen)', 'print(1)'), 'Line 8, "print(1)", is not one of the given lines.'],
  ['a line too often', SOLVED.replace('print(seen)', 'with lock:'), 'Line 8, "with lock:", stands there more often'],
  ['a mark lost', SOLVED.replace('# begin', ''), '"# begin" and "# end" must stay'],
  ['a mark twice', SOLVED.replace('print(seen)', '# end'), '"# begin" and "# end" must stay'],
  ['marks swapped', SOLVED.replace('# begin', '#').replace('# end', '# begin').replace('#\n', '# end\n'), 'must stay'],
  ['code above', SOLVED.replace('lock = ', 'lock = 1 or '), '"lock = 1 or threading.Lock()" was not given'],
  ['code below', `${SOLVED}print(2)\n`, '"print(2)" was not given outside'],
  [
    'code behind a carriage return',
    SOLVED.replace('import threading', '# mine\rprint(1)\nimport threading'),
    'plain text only',
  ],
  ['an encoding', `# coding: raw_unicode_escape\n#\\u000aprint(1)\n${SOLVED}`, 'plain text only'],
  ['code gone', SOLVED.replace('\ndeposit()', ''), '"deposit()" is missing outside'],
])('%s: the complaint names it', (_what, answer, message) => {
  expect(regionProblem(answer, STARTER)).toContain(message);
});
