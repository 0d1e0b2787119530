/** How students hand in: the site's files, folders, clones, archives, and what Canvas and Moodle let one download. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { starterPrint } from '../../course-files.ts';
import type { Intake } from '../types.ts';
import { assigned, COURSE, type Files, Folders, STARTER, submissionOf, zipOf } from './made-up-class.ts';
import { readSubmissions } from './read-submissions.ts';

const folders = new Folders();
afterEach(() => folders.remove());

const LIST = 'id,name,email\nalice,Alice Lee,alice@example.org\nbob,Bob Ray,bob.ray@example.org\n';
const EXERCISE = 'exercises/locks/lost-update/exercise.py';
const FIXED = 'fixed = True\n';

interface More {
  readonly list?: string | null;
  readonly received?: string;
  readonly slugs?: readonly string[];
  readonly attempts?: number;
}

async function take(files: Files, { list = LIST, received, slugs, attempts }: More = {}): Promise<Intake> {
  const folder = folders.make(files);
  const lists = folders.make({ 'class.csv': list ?? '', 'received.csv': received ?? '' });
  return readSubmissions([folder], {
    assignment: assigned(slugs, attempts === undefined ? {} : { attempts }),
    course: COURSE,
    roster: list === null ? null : path.join(lists, 'class.csv'),
    received: received === undefined ? null : path.join(lists, 'received.csv'),
  });
}

/** "alice: locks/lost-update" for each work. */
function works({ works }: Intake): string[] {
  return works.map(({ student, answers }) => `${student.id}: ${[...answers.keys()].join(' ')}`);
}

function only(intake: Intake) {
  expect(intake.refused).toEqual([]);
  expect(intake.works).toHaveLength(1);
  return intake.works[0] as Intake['works'][number];
}

test('a file of the site, of the student that it names', async () => {
  const intake = await take({ 'x.hb.json': submissionOf({ id: 'Alice' }) });
  const work = only(intake);
  expect(work.student).toEqual({
    id: 'alice',
    name: 'Alice Lee',
    email: 'alice@example.org',
    listed: true,
    columns: { id: 'alice', name: 'Alice Lee', email: 'alice@example.org' },
  });
  expect(work.source).toBe('x.hb.json');
  expect(work.received).toEqual({ at: '2026-11-20T10:00:00+01:00', by: 'student' });
  expect(work.answers.get('locks/lost-update')?.files).toEqual({ 'exercise.py': FIXED });
  expect(work.notes).toEqual([]);
  expect(intake.students.map(({ id }) => id)).toEqual(['alice', 'bob']);
});

test('clones, a folder of the exercise alone, and the assignment before a name', async () => {
  const intake = await take({
    [`a1-alice/${EXERCISE}`]: FIXED,
    'bob.ray@example.org/lost-update/exercise.py': FIXED,
  });
  expect(intake.refused).toEqual([]);
  expect(works(intake)).toEqual(['alice: locks/lost-update', 'bob: locks/lost-update']);
});

test('one exercise alone: its file may lie anywhere', async () => {
  const slugs = ['locks/lost-update'];
  const files = { 'alice/work/exercise.py': FIXED, 'rayb_77_88_exercise-2.py': FIXED };
  expect(works(await take(files, { slugs }))).toEqual(['alice: locks/lost-update', 'canvas-77: locks/lost-update']);
  const two = await take({ 'alice/exercise.py': FIXED });
  expect(two.works).toEqual([]);
  expect(two.refused).toEqual([
    {
      file: 'alice/exercise.py',
      reason: 'is no answer to any exercise.',
      advice:
        'Put it where its exercise is, as in exercises/locks/lost-update/exercise.py, or ask for the file that the site made.',
    },
  ]);
});

test('archives: of one student, of everybody, and one in the other', async () => {
  const clone = await zipOf({ [`my-repository-main/${EXERCISE}`]: FIXED });
  const one = await take({ 'alice.zip': clone });
  expect(only(one).source).toBe('alice.zip!my-repository-main');
  const all = await take({ 'class.zip': await zipOf({ 'Alice Lee/homework.zip': clone, [`bob/${EXERCISE}`]: FIXED }) });
  expect(all.refused).toEqual([]);
  expect(works(all)).toEqual(['alice: locks/lost-update', 'bob: locks/lost-update']);
  const deeper = await take({ 'class.zip': await zipOf({ 'alice.zip': await zipOf({ 'more.zip': clone }) }) });
  expect(deeper.works).toEqual([]);
  expect(deeper.refused).toEqual([
    {
      file: 'class.zip!alice.zip!more.zip',
      reason: 'is an archive in an archive in an archive.',
      advice: 'Unpack it, and put what is in it in its place.',
    },
  ]);
});

test('an archive, a folder and a file that are given by themselves', async () => {
  const folder = folders.make({
    'alice.zip': await zipOf({ [EXERCISE]: FIXED }),
    [`bob/${EXERCISE}`]: FIXED,
    'x.json': submissionOf({ id: 'carol' }),
  });
  const paths = ['alice.zip', 'bob', 'x.json', 'bob'].map((name) => path.join(folder, name));
  const intake = await readSubmissions(paths, { assignment: assigned(), course: COURSE, roster: null, received: null });
  expect(intake.refused).toEqual([]);
  expect(works(intake)).toEqual(['alice: locks/lost-update', 'bob: locks/lost-update', 'carol: locks/lost-update']);
  expect(intake.works.map(({ source }) => source)).toEqual(['alice.zip', 'bob', 'x.json']);
  expect(intake.students.every(({ listed }) => listed)).toBe(true);
});

test('without a class list: what the file says, else the folder or archive that holds it alone', async () => {
  const intake = await take(
    {
      'group/ann/x.hb.json': submissionOf({}),
      [`group/ben/repository/${EXERCISE}`]: FIXED,
      'cas.zip': await zipOf({ [`stuff/${EXERCISE}`]: FIXED }),
      'a1-dot.hb.json': submissionOf({}),
      'e.json': submissionOf({ id: 's5', name: 'Eve' }),
      'a1.hb.json': submissionOf({}),
    },
    { list: null },
  );
  expect(intake.refused.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
    'a1.hb.json does not tell whose it is.',
  ]);
  expect(intake.students.map(({ id, name }) => `${id}: ${name}`)).toEqual([
    'ann: ann',
    'ben: ben',
    'cas: cas',
    'dot: dot',
    's5: Eve',
  ]);
});

test('without a class list, too, a folder comes before what is said in it', async () => {
  const later = submissionOf({ id: 'bob' }, { made: '2030-01-01T00:00:00Z' });
  const files = { 'mallory/x.json': later, 'bob/x.json': submissionOf({ id: 'bob', name: 'Bob' }), 'more.json': later };
  const intake = await take(files, { list: null });
  expect(intake.refused).toEqual([]);
  expect(intake.works.map(({ student, source, notes }) => [student.id, source, ...notes])).toEqual([
    ['bob', 'bob/x.json', 'Not graded, since only the file itself tells whose it is: more.json.'],
    ['mallory', 'mallory/x.json', 'The file says it is bob; it lies in mallory: it counts for mallory.'],
  ]);
});

test('Canvas: its own number of the user decides, then its spelling of the name; LATE is kept', async () => {
  const list = [
    'Student,ID,SIS User ID,SIS Login ID,Section,A1 (991)',
    '    Points Possible,,,,,100',
    '"Lee, Alice",501,s1,alice,One,',
    '"Ray, Bob",502,s2,bob,One,',
    '"Fox, Cy",503,,cy,One,',
  ].join('\n');
  const intake = await take(
    {
      'submissions.zip': await zipOf({
        'leealice_LATE_501_9001_work.hb.json': submissionOf({ id: 's2' }),
        'raybob_502_9002_clone-1.zip': await zipOf({ [EXERCISE]: FIXED }),
        'someoneelse_503_9003_work.json': submissionOf({ name: 'Cy Fox' }),
      }),
    },
    { list },
  );
  expect(intake.refused).toEqual([]);
  expect(works(intake)).toEqual(['s1: locks/lost-update', 's2: locks/lost-update', 'cy: locks/lost-update']);
  const [alice, bob, cy] = intake.works;
  expect(alice?.student.name).toBe('Alice Lee');
  expect(alice?.student.columns).toMatchObject({ Student: 'Lee, Alice', ID: '501', Section: 'One' });
  expect(alice?.received).toEqual({ at: null, by: 'lms', markedLate: true });
  expect(alice?.notes).toEqual([
    'The file says it is s2; it is called leealice_LATE_501_9001_work.hb.json: it counts for s1.',
    'Canvas marked it as late and does not say by how much: give the time in a list of times (--received).',
  ]);
  expect(bob?.notes).toEqual([]);
  expect(cy?.notes).toEqual([]);
});

test('Canvas: a name or a file that is made to look like another student is nobody else', async () => {
  const list = 'Student,ID,SIS Login ID,Section\n"Lee, Alice",501,alice,1\n"leealice_501",666,mallory,1\n';
  // Mallory's name in Canvas is "leealice_501", or her file is called "a_501_1_x.json".
  const named = await take({ 'leealice_501_666_7_x.hb.json': submissionOf({}) }, { list });
  expect(named.works).toEqual([]);
  expect(named.refused[0]?.reason).toBe('may be of alice or mallory: a name means each of them.');
  const told = await take({ 'leealice_501_666_7_x.hb.json': submissionOf({ id: 'mallory' }) }, { list });
  expect(works(told)).toEqual(['mallory: locks/lost-update']);
  const honest = await take({ 'leealice_501_8_a_666_1_x.hb.json': submissionOf({}) }, { list });
  expect(works(honest)).toEqual(['alice: locks/lost-update']);
});

test('Moodle: folders, files without folders, and two of one name told apart by their number', async () => {
  const list = [
    'Identifier,Full name,ID number,Email address,Status',
    'Participant 11,Ann Lee,n1,ann1@example.org,Submitted',
    'Participant 12,Ann Lee,,ann2@example.org,Submitted',
    'Participant 13,Bo Öst,n3,bo@example.org,-',
  ].join('\n');
  const intake = await take(
    {
      'Ann Lee_11_assignsubmission_file_/a1.hb.json': submissionOf({}),
      'Ann Lee_12_assignsubmission_file_/homework.zip': await zipOf({ [EXERCISE]: FIXED }),
      'Ann Lee_12_assignsubmission_file_/remark.pdf': '%PDF',
      'Bo Öst_13_assignsubmission_file_x.json': submissionOf({}),
    },
    { list },
  );
  expect(intake.refused).toEqual([]);
  expect(works(intake)).toEqual([
    'n1: locks/lost-update',
    'ann2@example.org: locks/lost-update',
    'n3: locks/lost-update',
  ]);
  expect(intake.works[1]?.notes).toEqual(['Ignored: remark.pdf is no answer to any exercise.']);
});

test('two students of one name: the file may choose between them, and only between them', async () => {
  const list = 'id,name\na1x,Ann Lee\na2x,Ann Lee\nbob,Bob\n';
  const place = 'Ann Lee_99_assignsubmission_file_/x.json';
  expect(works(await take({ [place]: submissionOf({ id: 'a2x' }) }, { list }))).toEqual(['a2x: locks/lost-update']);
  const other = await take({ [place]: submissionOf({ id: 'bob' }) }, { list });
  expect(other.works).toEqual([]);
  expect(other.refused).toEqual([
    {
      file: place,
      reason: 'may be of a1x or a2x: a name means each of them.',
      advice: 'Put it into a folder that is called like the right student in the class list.',
    },
  ]);
});

test('where it lies comes before what it says', async () => {
  const intake = await take({ 'alice/work.hb.json': submissionOf({ id: 'bob' }) });
  const work = only(intake);
  expect(work.student.id).toBe('alice');
  expect(work.notes).toEqual(['The file says it is bob; it lies in alice: it counts for alice.']);
});

test('who is not in the list is graded apart from it; who cannot be told is refused', async () => {
  const intake = await take({
    'x.hb.json': submissionOf({ id: 'zoe', name: 'Zoe' }),
    [`yan/${EXERCISE}`]: FIXED,
    'nobody.hb.json': submissionOf({}),
  });
  expect(intake.students.map(({ id, listed }) => `${id} ${listed}`)).toEqual([
    'alice true',
    'bob true',
    'yan false',
    'zoe false',
  ]);
  expect(intake.works.map(({ notes }) => notes)).toEqual([
    ['yan is not in the class list.'],
    ['zoe is not in the class list.'],
  ]);
  expect(intake.refused).toEqual([
    {
      file: 'nobody.hb.json',
      reason: 'does not tell whose it is.',
      advice: 'Put it into a folder that is called like the right student in the class list.',
    },
  ]);
});

test('handed in several times: the one made last, then the last by name', async () => {
  const at = (made: string) => submissionOf({ id: 'alice' }, { made });
  const timed = await take(
    {
      'a.json': at('2026-11-20T10:00:00Z'),
      'b.json': at('2026-11-20T12:30:00+02:00'),
      'c.json': at('2026-11-19T10:00:00Z'),
    },
    { attempts: 2 },
  );
  expect(only(timed).source).toBe('b.json');
  expect(only(timed).notes).toEqual([
    'Handed in 3 times; the one made last counts: b.json. Not graded: a.json, c.json.',
    'Handed in 3 times; the assignment allows 2.',
  ]);
  const untimed = await take({ [`alice/one/${EXERCISE}`]: FIXED, [`alice/two/${EXERCISE}`]: FIXED });
  expect(only(untimed).notes).toEqual([
    `Handed in 2 times; not all have a time, so the last by file name counts: alice/two. Not graded: alice/one.`,
  ]);
});

test('what claims to be of a student does not replace what lies in their folder', async () => {
  const forged = submissionOf({ id: 'bob' }, { made: '2030-01-01T00:00:00Z' });
  const intake = await take({
    [`bob/${EXERCISE}`]: FIXED,
    'x.hb.json': forged,
    'homework.zip': await zipOf({ [`bob/${EXERCISE}`]: 'sabotage' }),
  });
  expect(only(intake).source).toBe('bob');
  expect(only(intake).answers.get('locks/lost-update')?.files['exercise.py']).toBe(FIXED);
  expect(only(intake).notes).toEqual([
    `Not graded, since only the file itself tells whose it is: homework.zip!bob, x.hb.json.`,
  ]);
});

test('the teacher’s list of times comes first; its mistakes are named', async () => {
  const files = { 'alice.json': submissionOf({}), 'leealice_LATE_5_6_x.json': submissionOf({}) };
  const received = 'id,time\nalice@example.org,2026-11-22T00:00:00+01:00\nbob,2026-11-22T00:00:00Z\n';
  const intake = await take(files, { received });
  expect(intake.works[0]?.received).toEqual({ at: '2026-11-22T00:00:00+01:00', by: 'list' });
  expect(intake.refused).toEqual([
    {
      file: 'received.csv: line 3',
      reason: 'tells when bob handed in, but no work of theirs was found.',
      advice: 'Look for the file, or remove the line.',
    },
  ]);
  const free = await take(
    { 'x.json': submissionOf({ id: 'Zoe' }) },
    { list: null, received: 'time,id\n2026-11-22T00:00:00Z,zoe\n' },
  );
  expect(only(free).received).toEqual({ at: '2026-11-22T00:00:00Z', by: 'list' });
  const wrong = (text: string) => take(files, { received: text }).then(String, (error: Error) => error.message);
  expect(await wrong('id,time\nalice,yesterday\n')).toMatch(
    /received\.csv: line 2: "yesterday" is no time with its offset\. Write it as in 2026-12-01T23:59:00\+01:00\.$/,
  );
  expect(await wrong('id,time\nalice,2026-11-22T00:00:00\n')).toMatch(/is no time with its offset/);
  expect(await wrong('alice,2026-11-22T00:00:00Z\n')).toMatch(/has no column with times/);
  expect(await wrong('id,time\nalice,2026-11-22T00:00:00Z\nAlice,2026-11-22T00:00:00Z\n')).toMatch(
    /line 3: "Alice" is in line 2/,
  );
});

test('what the teacher has made of an exercise is no starter: only what was recorded is', async () => {
  const folder = folders.make({ [`alice/${EXERCISE}`]: STARTER, [`bob/${EXERCISE}`]: 'the starter = 0\n' });
  const options = { assignment: assigned(), course: COURSE, roster: null, received: null };
  const recorded = starterPrint({ starter: { 'exercise.py': 'the starter = 0\n' } });
  const intake = await readSubmissions([folder], { ...options, starters: { 'locks/lost-update': recorded } });
  expect(works(intake)).toEqual(['alice: locks/lost-update', 'bob: ']);
  expect(intake.works.map(({ notes }) => notes)).toEqual([[], ['Not started, and so not graded: locks/lost-update.']]);
});

test('what is not an answer becomes a note to whoever’s it is', async () => {
  const intake = await take({
    [`alice/${EXERCISE}`]: STARTER,
    'alice/exercises/locks/deadlock/moves.txt': ' \n',
    'alice/exercises/locks/lost-update/driver.py': 'import os',
    'alice/exercises/locks/lost-update/tests.ts': 'export default 1',
    'alice/exercises/queues/bounded/exercise.py': 'pass',
    'alice/results.json': '{"points": 100}',
    'alice/gradebook.csv': 'alice,100',
    'alice/notes/thoughts.docx': 'hm',
    'alice/.git/config': '',
    'alice/node_modules/x/index.js': '',
    'alice/.DS_Store': '',
    '.DS_Store': '',
  });
  const work = only(intake);
  expect([...work.answers.keys()]).toEqual(['locks/deadlock']);
  expect(work.notes).toEqual([
    'Not started, and so not graded: locks/lost-update.',
    'Empty: locks/deadlock.',
    "Ignored, since it is not the student's to change: exercises/locks/lost-update/driver.py, exercises/locks/lost-update/tests.ts.",
    'Ignored, since results say nothing here: gradebook.csv, results.json.',
    'Ignored, since it is not of this assignment: exercises/queues/bounded.',
    'Skipped 3 files and folders that hold no work: .DS_Store, .git, node_modules.',
    'Ignored: notes/thoughts.docx is no answer to any exercise.',
  ]);
  expect(intake.skipped).toBe(1);
});

test('what a submission file holds besides', async () => {
  const attempts = Array.from({ length: 3 }, () => ({ at: '2026-11-20T09:00:00Z', verdict: 'failed' }));
  const intake = await take(
    {
      'x.json': submissionOf(
        { id: 'alice' },
        {
          engine: '3',
          exercises: {
            'locks/lost-update': { files: { 'exercise.py': 'a\r\nb\r', 'driver.py': 'x', 'tests.ts': 'y' }, attempts },
            'queues/bounded': { files: { 'exercise.py': 'x' } },
            'made/up': { files: {} },
          },
        },
      ),
    },
    { attempts: 2 },
  );
  const work = only(intake);
  expect(work.engine).toBe('3');
  expect(work.answers.get('locks/lost-update')).toEqual({ files: { 'exercise.py': 'a\nb\n' }, attempts });
  expect(work.notes).toEqual([
    "Of locks/lost-update it holds files that are not the student's to change; they were ignored: driver.py, tests.ts.",
    'It holds exercises that are not in the assignment; they were ignored: made/up, queues/bounded.',
    expect.stringMatching(/^Made with version 3 of the engine; graded with \d+\.$/),
  ]);
});

test('what looks like an answer and is called otherwise is no answer', async () => {
  const names = ['exercise.py.txt', 'exercise (1).py', 'solution.py', 'driver.py'];
  const folder = 'alice/exercises/locks/lost-update/';
  const intake = await take(Object.fromEntries(names.map((name) => [folder + name, 'import exercise\n'])));
  expect(intake.works).toEqual([]);
  expect(intake.refused.map(({ file, advice }) => [file.slice(folder.length), advice])).toEqual([
    ['exercise (1).py', 'Rename it if it is the answer.'],
    ['exercise.py.txt', 'Rename it if it is the answer.'],
    ['solution.py', 'Ask the student for exercise.py if there is no other.'],
  ]);
});

test('names as browsers change them', async () => {
  const list = 'id,name\nalice,Alice Lee\nbob,Bob Ray\n';
  const files = { 'a1-alice.hb (2).json': submissionOf({}), 'a1-bob-ray.hb.json.txt': submissionOf({}) };
  const intake = await take(files, { list });
  expect(intake.refused).toEqual([]);
  expect(works(intake)).toEqual(['alice: locks/lost-update', 'bob: locks/lost-update']);
});

test('the teacher’s own lists may lie among the work, and a folder be given with one that is in it', async () => {
  const folder = folders.make({
    'class.csv': LIST,
    'received.csv': 'id,time\nalice,2026-11-22T00:00:00Z\nbob,2026-11-22T00:00:00Z\n',
    [`alice/${EXERCISE}`]: FIXED,
    'bob.hb.json': 'cut off',
  });
  const intake = await readSubmissions([folder, path.join(folder, 'alice')], {
    assignment: assigned(),
    course: COURSE,
    roster: path.join(folder, 'class.csv'),
    received: path.join(folder, 'received.csv'),
  });
  expect(intake.works.map(({ source, notes }) => [source, ...notes])).toEqual([['alice']]);
  expect(intake.refused.map(({ file }) => file)).toEqual(['bob.hb.json']);
});

test('a file that says a name which two have is refused', async () => {
  const intake = await take(
    { 'x.json': submissionOf({ name: 'Ann Lee' }) },
    { list: 'id,name\n1,Ann Lee\n2,Ann Lee\n' },
  );
  expect(intake.refused.map(({ reason }) => reason)).toEqual(['may be of 1 or 2: a name means each of them.']);
});

test('nothing depends on the order in which folders are read', async () => {
  const names = ['é.json', 'b.json', 'a.json', 'Z.json', '10.json', '2.json'];
  const file = (i: number) => submissionOf({ id: `s${i % 3}` }, { made: `2026-11-20T1${i}:00:00Z` });
  const one = folders.make(Object.fromEntries(names.map((name, i) => [name, file(i)])));
  const other = folders.make({});
  for (const [i, name] of [...names.entries()].reverse()) writeFileSync(path.join(other, name), file(i));
  const options = { assignment: assigned(), course: COURSE, roster: null, received: null };
  expect(await readSubmissions([one], options)).toEqual(await readSubmissions([other], options));
});

test('a path that is not there is a mistake of the caller', async () => {
  const options = { assignment: assigned(), course: COURSE, roster: null, received: null };
  await expect(readSubmissions(['/nowhere/at all'], options)).rejects.toThrow(
    'There is no file or folder /nowhere/at all.',
  );
});
