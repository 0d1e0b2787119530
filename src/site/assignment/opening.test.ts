import { expect, test } from 'vitest';
import { writeAssignment } from '../../classroom/assignment.ts';
import { encodeAssignment } from '../../classroom/assignment-link.ts';
import { openFile, openLink, openText } from './opening.ts';
import { ASSIGNMENT } from './sample.ts';

const ask = 'Ask your teacher for the link or the file again; a link must be copied as a whole.';

test('a link opens, and a part of one says what to do', async () => {
  const link = `#${await encodeAssignment(ASSIGNMENT)}`;
  expect(await openLink(link)).toEqual({ kind: 'assignment', assignment: ASSIGNMENT });
  for (const bad of [link.slice(0, -5), '#assignment=', '#assignment=!', `${link}AAAA`]) {
    const opened = await openLink(bad);
    if (opened.kind !== 'bad') throw new Error(`${bad} was opened`);
    expect(opened.problem.at(-1)).toBe(ask);
    expect(opened.problem.join(' ')).toMatch(/link/);
  }
});

test('a file is an assignment, a submission, or is said to be neither', () => {
  const text = writeAssignment(ASSIGNMENT);
  expect(openText('a.json', text)).toEqual({ kind: 'assignment', assignment: ASSIGNMENT });
  expect(openText('a.json', `\uFEFF${text}`)).toEqual({ kind: 'assignment', assignment: ASSIGNMENT });
  const submission = '{"format":"happens-before/submission","assignment":"week-3"}';
  expect(openText('s.json', submission)).toEqual({ kind: 'submission', assignmentId: 'week-3', text: submission });
  for (const other of ['', 'PK\u0003\u0004', '{', '[]', '"text"', 'null', '{"format":"x"}'])
    expect(openText('x.json', other)).toMatchObject({ kind: 'bad', problem: [expect.stringMatching(/^x\.json is n/)] });
});

test('a wrong assignment names its mistake; a student is not told to correct it', () => {
  const opened = openText('a.json', JSON.stringify({ ...ASSIGNMENT, title: ' ', exercises: [] }));
  expect(opened).toEqual({
    kind: 'bad',
    problem: [
      'This cannot be opened as an assignment.',
      'a.json: `title`: must not be empty.',
      'a.json: `exercises`: must have at least one exercise.',
      ask,
    ],
  });
});

test('a file that is too large is not read', async () => {
  const text = () => Promise.reject(new Error('it was read'));
  const opened = await openFile({ name: 'big.json', size: 100_000_000, text });
  expect(opened).toMatchObject({ kind: 'bad', problem: [expect.stringContaining('big.json is too large')] });
});
