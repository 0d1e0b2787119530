/** What nobody hands in who means well: every file is named, with the reason and what to do; nothing else suffers. */
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, linkSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Intake } from '../types.ts';
import { type HandMade, handMadeZip } from './hand-made-zip.ts';
import { assigned, COURSE, type Files, Folders, submissionOf, zipOf } from './made-up-class.ts';
import { readSubmissions } from './read-submissions.ts';

const folders = new Folders();
afterEach(() => folders.remove());

const EXERCISE = 'exercises/locks/lost-update/exercise.py';
const FIXED = 'fixed = True\n';
const HONEST = { [`honest/${EXERCISE}`]: FIXED };

function read(folder: string): Promise<Intake> {
  return readSubmissions([folder], { assignment: assigned(), course: COURSE, roster: null, received: null });
}

/** What is said of these files, when an honest student's lie beside them. */
async function said(files: Files): Promise<string[]> {
  const intake = await read(folders.make({ ...files, ...HONEST }));
  expect(intake.works.map(({ student }) => student.id)).toContain('honest');
  return sentences(intake);
}

/** One line for each refused file and each note. */
function sentences({ works, refused }: Intake): string[] {
  for (const { advice } of refused) expect(advice).toMatch(/^[A-Z].*\.$/);
  return [
    ...refused.map(({ file, reason }) => `${file} ${reason}`),
    ...works.flatMap(({ student, notes }) => notes.map((note) => `${student.id}: ${note}`)),
  ];
}

const zip = (...entries: HandMade[]) => said({ 'eve.zip': handMadeZip(entries) });

test('paths that lead out of an archive', async () => {
  const contents = 'x';
  const names = [
    '../../evil.py',
    '/etc/cron.d/x',
    'C:\\Windows\\x.py',
    '..\\..\\x.py',
    'a/../../x.py',
    'x\0.py',
    '//',
    './',
  ];
  const lines = await zip(...names.map((name) => ({ name, contents })), { name: EXERCISE, contents: FIXED });
  expect(lines.filter((line) => line.includes('leads out of the archive'))).toHaveLength(5);
  expect(lines).toContain('eve: Ignored: ../../evil.py has a name that leads out of the archive.');
  expect(lines.join()).not.toMatch(/\0/);
});

test('backslashes of old Windows programs are slashes', async () => {
  const folder = folders.make({ 'eve.zip': handMadeZip([{ name: EXERCISE.replaceAll('/', '\\'), contents: FIXED }]) });
  expect((await read(folder)).works[0]?.answers.get('locks/lost-update')?.files).toEqual({ 'exercise.py': FIXED });
});

test('links and special files in an archive', async () => {
  expect(
    await zip(
      { name: EXERCISE, contents: '/etc/passwd', mode: 0o120777 },
      { name: 'folder', contents: '/', mode: 0o120777 },
      { name: 'device', mode: 0o020644 },
      { name: 'pipe', mode: 0o010644 },
    ),
  ).toEqual([
    'eve.zip!device is no plain file but a pipe, a socket or a device.',
    `eve.zip!${EXERCISE} is a link, and links are not followed.`,
    'eve.zip!folder is a link, and links are not followed.',
    'eve.zip!pipe is no plain file but a pipe, a socket or a device.',
  ]);
});

test('links, pipes and devices on disk are not opened', async () => {
  const secret = folders.make({ 'secret.py': 'secret', [EXERCISE]: 'secret' });
  const folder = folders.make({ [`honest/${EXERCISE}`]: FIXED, 'honest/x.json': submissionOf({ id: 'honest' }) });
  mkdirSync(path.join(folder, 'eve/exercises/locks/lost-update'), { recursive: true });
  symlinkSync(path.join(secret, 'secret.py'), path.join(folder, 'eve', EXERCISE));
  symlinkSync(secret, path.join(folder, 'mallory'));
  symlinkSync('/nowhere', path.join(folder, 'gone.json'));
  symlinkSync(path.join(folder, 'loop'), path.join(folder, 'loop'));
  linkSync(path.join(folder, 'honest/x.json'), path.join(folder, 'hard.json'));
  execFileSync('mkfifo', [path.join(folder, 'pipe.json')]);
  const intake = await read(folder);
  expect(JSON.stringify(intake.works.map(({ answers }) => [...answers]))).not.toContain('secret');
  expect(intake.works.map(({ student }) => student.id)).toEqual(['honest']);
  expect(intake.refused.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
    `eve/${EXERCISE} is a link, and links are not followed.`,
    'gone.json is a link, and links are not followed.',
    'loop is a link, and links are not followed.',
    'mallory is a link, and links are not followed.',
    'pipe.json is no plain file but a pipe, a socket or a device.',
  ]);
});

test('100 MB are refused by their size, before they are read', async () => {
  const folder = folders.make(HONEST);
  for (const name of ['big.json', 'big.hb.json', `eve/${EXERCISE}`]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    const file = openSync(path.join(folder, name), 'w');
    ftruncateSync(file, 100_000_000);
    closeSync(file);
  }
  const intake = await read(folder);
  expect(sentences(intake)).toEqual([
    'big.hb.json is too large (100 MB; 8 MB is the most).',
    'big.json is too large (100 MB; 8 MB is the most).',
    `eve/${EXERCISE} is too large (100 MB; 800 kB is the most).`,
  ]);
  expect(intake.works.map(({ student }) => student.id)).toEqual(['honest']);
});

test('an archive that unpacks to far more than it is', async () => {
  const zeros = Buffer.alloc(6_000_000);
  const nested = handMadeZip([{ name: 'x.json', contents: zeros }]);
  expect(nested.length).toBeLessThan(7_000);
  expect(await zip({ name: 'bomb.json', contents: zeros })).toEqual([
    'eve.zip!bomb.json unpacks to more than 200 times its size.',
  ]);
  expect(await said({ 'eve.zip': handMadeZip([{ name: 'inner.zip', contents: nested }]) })).toEqual([
    'eve.zip!inner.zip!x.json unpacks to more than 200 times its size.',
  ]);
  expect(await zip({ name: EXERCISE, contents: zeros })).toEqual([
    `eve.zip!${EXERCISE} is too large (6 MB; 800 kB is the most).`,
  ]);
});

test('what an archive says of sizes is not believed', async () => {
  const zeros = Buffer.alloc(6_000_000);
  expect(await zip({ name: EXERCISE, contents: zeros, declaredSize: 10 })).toEqual([
    expect.stringMatching(/is damaged in its archive \(too many bytes in the stream\. expected 10\./),
  ]);
  expect(await zip({ name: EXERCISE, contents: FIXED, declaredSize: 90 })).toEqual([
    expect.stringMatching(/is damaged in its archive \(not enough bytes in the stream\. expected 90\./),
  ]);
  expect(await zip({ name: EXERCISE, contents: FIXED, stored: true, declaredSize: 5 })).toEqual([
    expect.stringMatching(/^eve\.zip is not a whole zip archive \(compressed\/uncompressed size mismatch/),
  ]);
  expect(await zip({ name: EXERCISE, contents: FIXED, checksum: 1 })).toEqual([
    `eve.zip!${EXERCISE} is damaged in its archive (its check sum is wrong).`,
  ]);
  const noise = Buffer.from(deflateRawSync('x'.repeat(100)).toReversed());
  expect(await zip({ name: EXERCISE, contents: noise, stored: true, method: 8, declaredSize: 100 })).toEqual([
    expect.stringMatching(/is damaged in its archive/),
  ]);
});

test('entries that share their bytes, as in the best of bombs', async () => {
  const contents = Buffer.alloc(1000, 'x');
  const many = Array.from({ length: 50 }, (_, i) => ({ name: `${i}.json`, contents, sameAs: 0 }));
  expect(await zip({ name: 'a.json', contents }, ...many)).toEqual(['eve.zip holds files that overlap.']);
});

test('very many entries, very long names, and a list that is not as long as it says', async () => {
  const many = Array.from({ length: 20_001 }, (_, i) => ({ name: `${i}`, stored: true }));
  expect(
    await said({ 'class.zip': handMadeZip([{ name: 'eve.zip', contents: handMadeZip(many), stored: true }]) }),
  ).toEqual(['class.zip!eve.zip holds 20001 files; 20000 are the most.']);
  expect(await zip({ name: 'n'.repeat(2000) })).toEqual(['eve.zip holds a file with a name of 2000 characters.']);
  expect(await said({ 'eve.zip': handMadeZip([{ name: 'a' }], { count: 60_000 }) })).toEqual([
    'eve.zip holds 60000 files; 50000 are the most.',
  ]);
  expect(await said({ 'eve.zip': handMadeZip([{ name: 'a' }], { count: 9 }) })).toEqual([
    expect.stringMatching(/^eve\.zip is not a whole zip archive/),
  ]);
});

test('very many files that are nothing are summed up', async () => {
  const strays = Array.from({ length: 400 }, (_, i) => ({ name: `${i}.pdf`, stored: true }));
  const refused = await zip(...strays);
  expect(refused).toHaveLength(26);
  expect(refused[0]).toBe('eve.zip holds 375 more files that were not taken.');
  expect(await zip(...strays, { name: EXERCISE, contents: FIXED })).toHaveLength(6);
});

test('encrypted, cut off, empty, packed in another way', async () => {
  expect(await zip({ name: EXERCISE, contents: FIXED, flags: 1 })).toEqual([`eve.zip!${EXERCISE} is encrypted.`]);
  expect(await zip({ name: EXERCISE, contents: FIXED, flags: 0x41 })).toEqual([
    'eve.zip is not a whole zip archive (strong encryption is not supported).',
  ]);
  expect(await zip({ name: EXERCISE, contents: FIXED, method: 99, stored: true })).toEqual([
    `eve.zip!${EXERCISE} is packed by a method that is not read (number 99).`,
  ]);
  expect(await zip()).toEqual(['eve.zip is an empty archive.']);
  expect(await zip({ name: 'exercises/', stored: true })).toEqual(['eve.zip holds nothing to grade.']);
  expect(await zip({ name: '__MACOSX/._x', stored: true })).toEqual(['eve.zip holds nothing to grade.']);
  expect(await said({ 'eve.zip': '' })).toEqual(['eve.zip is empty.']);
  const whole = await zipOf({ [EXERCISE]: FIXED });
  for (const length of [4, 30, 60, whole.length - 1])
    expect(await said({ 'eve.zip': whole.subarray(0, length) })).toEqual([
      expect.stringMatching(/^eve\.zip is not a whole zip archive \(.*\)\.$/),
    ]);
});

test('each way in which an archive can be cut or bent ends in a sentence', async () => {
  const whole = handMadeZip([
    { name: EXERCISE, contents: FIXED },
    { name: 'x.json', contents: submissionOf({ id: 'eve' }) },
  ]);
  const folder = folders.make({});
  for (let at = 0; at < whole.length; at += 1) {
    const bent = Buffer.from(whole);
    bent[at] = (bent[at] ?? 0) ^ 0xff;
    writeFileSync(path.join(folder, 'eve.zip'), bent);
    const { works, refused } = await read(folder);
    expect(works.length + refused.length).toBeGreaterThan(0);
  }
});

test('the same name twice in an archive: the last counts; names alike but for case or composition are others', async () => {
  const folder = folders.make({
    'eve.zip': handMadeZip([
      { name: EXERCISE, contents: 'first' },
      { name: EXERCISE, contents: 'last' },
      { name: EXERCISE.replace('exercise.py', 'Exercise.py'), contents: 'case' },
      { name: 'exercises/Locks/lost-update/exercise.py', contents: 'case' },
      { name: 'caf\u00e9.py', contents: 'one' },
      { name: 'cafe\u0301.py', contents: 'other' },
    ]),
  });
  const intake = await read(folder);
  expect(intake.works[0]?.answers.get('locks/lost-update')?.files).toEqual({ 'exercise.py': 'last' });
  expect(sentences(intake)).toEqual([
    `eve: Ignored: ${EXERCISE} is in the archive twice; the last one counts.`,
    'eve: Ignored: cafe\u0301.py is no answer to any exercise.',
    'eve: Ignored: caf\u00e9.py is no answer to any exercise.',
    'eve: Ignored: exercises/locks/lost-update/Exercise.py is not called exercise.py, so it is no answer to locks/lost-update.',
    'eve: Ignored: exercises/Locks/lost-update/exercise.py is another answer to locks/lost-update in the same place, and does not count.',
  ]);
});

test('folders whose names differ only by case or composition are one student', async () => {
  const folder = folders.make({ [`Ren\u00e9/${EXERCISE}`]: 'one', [`rene\u0301/${EXERCISE}`]: 'two' });
  const intake = await read(folder);
  expect(intake.works.map(({ student }) => student.id)).toHaveLength(1);
  expect(intake.works[0]?.notes[0]).toMatch(/^Handed in 2 times/);
});

test('what is not text in UTF-8', async () => {
  const py = (bytes: Uint8Array) => said({ [`eve/${EXERCISE}`]: bytes });
  expect(await py(Buffer.from('na\xefve', 'latin1'))).toEqual([`eve/${EXERCISE} is not text in UTF-8.`]);
  for (const utf16 of [
    Buffer.from('\ufeffa = 1', 'utf16le'),
    Buffer.from('a = 1', 'utf16le'),
    Buffer.from('\ufeffa = 1', 'utf16le').swap16(),
  ])
    expect(await py(utf16)).toEqual([`eve/${EXERCISE} is text in UTF-16, not in UTF-8.`]);
  expect(await py(Buffer.from('a = "x\0y"'))).toEqual([
    `eve/${EXERCISE} holds NUL characters, which no program text does.`,
  ]);
  expect(await py(Buffer.from('\xed\xa0\x80', 'latin1'))).toEqual([`eve/${EXERCISE} is not text in UTF-8.`]);
  const marked = await read(folders.make({ [`eve/${EXERCISE}`]: `\ufeff${FIXED}` }));
  expect(marked.works[0]?.answers.get('locks/lost-update')?.files).toEqual({ 'exercise.py': FIXED });
});

test('names that lie about what a file is', async () => {
  const archive = await zipOf({ a: 'x' });
  expect(
    await said({
      'a.json': archive,
      'b.hb.json': '%PDF-1.7',
      'c.zip': '%PDF-1.7',
      'd.zip': 'Rar!\x1a\x07',
      'e.rar': 'Rar!\x1a\x07',
      'f.7z': '7z',
      'g.zip': submissionOf({ id: 'eve' }),
      'h.json': '',
      'i.tar.gz': 'x',
      [`j/${EXERCISE}`]: '%PDF-1.7 \0',
    }),
  ).toEqual([
    'a.json is a zip archive.',
    'b.hb.json is a PDF.',
    'c.zip is a PDF.',
    'd.zip is a RAR archive, which is not read.',
    'e.rar is an archive of a kind that is not read.',
    'f.7z is an archive of a kind that is not read.',
    'g.zip is no zip archive.',
    'h.json is empty.',
    'i.tar.gz is an archive of a kind that is not read.',
    `j/${EXERCISE} is a PDF.`,
  ]);
});

test('submission files that the site did not write', async () => {
  const good = submissionOf({ id: 'eve' });
  const json = async (text: string) => {
    const lines = await said({ 'eve.hb.json': text });
    expect(lines).toHaveLength(1);
    return lines[0];
  };
  expect(await json('{"format": ')).toBe('eve.hb.json is not valid JSON; it may have been cut off.');
  expect(await json('['.repeat(100_000))).toBe('eve.hb.json is not valid JSON; it may have been cut off.');
  expect(await json('['.repeat(100_000) + ']'.repeat(100_000))).toBe('eve.hb.json is JSON of great depth.');
  expect(await json(good.replace('{', '{"format":"x",'))).toBe('eve.hb.json has the same key twice.');
  expect(await json(good.replace('"files":{', '"files":{"__proto__":"x",'))).toBe('eve.hb.json has a key `__proto__`.');
  expect(await json(good.replace('"files":{', '"files":{"\\u005f_proto__":"x",'))).toBe(
    'eve.hb.json has a key `__proto__`.',
  );
  expect(await json('[]')).toBe('eve.hb.json is no submission file of the site.');
  expect(await json('null')).toBe('eve.hb.json is no submission file of the site.');
  expect(await json('{"points": 100}')).toBe('eve.hb.json is no submission file of the site.');
  expect(await json(submissionOf({ id: 'eve' }, { version: 2 }))).toBe(
    'eve.hb.json is of a later version (2) than this program reads.',
  );
  expect(await json(submissionOf({ id: 'eve' }, { assignment: '\x1b[2Jb2' }))).toBe(
    'eve.hb.json is of another assignment: "\\u{1b}[2Jb2", not "a1".',
  );
  expect(await json(submissionOf({ id: 'eve' }, { made: 'now' }))).toMatch(
    /^eve\.hb\.json is not as the site writes it: `made`: /,
  );
  expect(await json(submissionOf({ id: 'eve' }, { exercises: [] }))).toMatch(/`exercises`: /);
  expect(
    await json(submissionOf({ id: 'eve' }, { exercises: { 'locks/lost-update': { files: { 'exercise.py': 7 } } } })),
  ).toMatch(/`exercises\.locks\/lost-update\.files\.exercise\.py`: /);
  expect(await json(submissionOf({ id: 7 as unknown as string }))).toMatch(/`student\.id`: /);
  const long = { files: { 'exercise.py': 'x'.repeat(200_001) } };
  expect(await json(submissionOf({ id: 'eve' }, { exercises: { 'locks/lost-update': long } }))).toMatch(
    /is longer than any answer/,
  );
  const much = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`a/${i}`, { files: { a: 'x'.repeat(190_000) } }]),
  );
  expect(await json(submissionOf({ id: 'eve' }, { exercises: much }))).toBe(
    'eve.hb.json holds 2090000 characters of code; 2000000 are the most.',
  );
});

test('names of JavaScript’s own are names like others', async () => {
  const own = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const exercises = Object.fromEntries(own.map((name) => [name, { files: { [name]: 'x' } }]));
  const files = { 'exercise.py': FIXED, constructor: 'x', toString: 'y' };
  const text = submissionOf({ id: 'constructor' }, { exercises: { ...exercises, 'locks/lost-update': { files } } });
  const intake = await read(folders.make({ 'x.json': text, [`toString/${EXERCISE}`]: FIXED }));
  expect(intake.works.map(({ student }) => student.id)).toEqual(['constructor', 'toString']);
  expect(intake.works[0]?.answers.get('locks/lost-update')?.files).toEqual({ 'exercise.py': FIXED });
});

test('names that would move the cursor, hide or turn round are made visible', async () => {
  const evil = '\x1b]0;owned\x07\u202eevil\r\n';
  const folder = folders.make({
    'a.json': submissionOf({ id: `${evil}id`, name: `${evil}name` }),
    'b.zip': handMadeZip([{ name: `${evil}.py` }]),
    [`\x1b[31mred/${EXERCISE}`]: FIXED,
    'c\x9b.pdf': '',
  });
  const intake = await read(folder);
  const { works, refused } = intake;
  const printed = [
    ...sentences(intake),
    ...refused.flatMap(({ file, reason, advice }) => [file, reason, advice]),
    ...works.flatMap(({ student, source, notes }) => [student.id, student.name, source, ...notes]),
  ];
  for (const text of printed) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  expect(works.map(({ student }) => student.id)).toEqual([
    '\\u{1b}[31mred',
    '\\u{1b}]0;owned\\u{7}\\u{202e}evil\\u{d}\\u{a}id',
  ]);
});

test('empty folders, rubbish alone, a name that is not UTF-8, and a path too deep', async () => {
  const folder = folders.make({ ...HONEST, '__MACOSX/._x': '', 'eve/.DS_Store': '', 'eve2/Thumbs.db': '' });
  mkdirSync(path.join(folder, 'nothing/here'), { recursive: true });
  mkdirSync(path.join(folder, 'd/'.repeat(50)), { recursive: true });
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.json')]), 'x');
  const intake = await read(folder);
  expect(intake.skipped).toBe(3);
  expect(sentences(intake)).toEqual([
    `${'d/'.repeat(40)}d lies too deep in folders; nothing below it was read.`,
    'eve is an empty folder.',
    'eve2 is an empty folder.',
    'nothing/here is an empty folder.',
    '\ufffd\ufffd.json cannot be opened (ENOENT).',
  ]);
});

test('forged lists of results say nothing, wherever they lie', async () => {
  expect(await said({ 'results.json': '{"alice": 100}', 'gradebook.csv': 'alice,100', 'junit.xml': '<x/>' })).toEqual([
    'gradebook.csv says nothing here: results are made by grading alone.',
    'junit.xml says nothing here: results are made by grading alone.',
    'results.json says nothing here: results are made by grading alone.',
  ]);
});

test('one student’s archive cannot hand in for many, nor be another’s in their place', async () => {
  const list = 'id,name\nalice,Alice\nbob,Bob\nmallory,Mallory\n';
  const inside = await zipOf({
    [`alice/${EXERCISE}`]: 'sabotage',
    'Bob_17_assignsubmission_file_/x.json': submissionOf({ id: 'bob' }),
    'x.json': submissionOf({ id: 'alice' }, { made: '2030-01-01T00:00:00Z' }),
  });
  const folder = folders.make({
    'Mallory_18_assignsubmission_file_/homework.zip': inside,
    'Bob_17_assignsubmission_file_/x.json': submissionOf({ id: 'bob' }),
  });
  const lists = folders.make({ 'list.csv': list });
  const intake = await readSubmissions([folder], {
    assignment: assigned(),
    course: COURSE,
    roster: path.join(lists, 'list.csv'),
    received: null,
  });
  expect(intake.works.map(({ student, source }) => `${student.id} ${source}`)).toEqual([
    'bob Bob_17_assignsubmission_file_/x.json',
    'mallory Mallory_18_assignsubmission_file_/homework.zip!x.json',
  ]);
  expect(intake.works[1]?.notes[0]).toBe(
    'The file says it is alice; it lies in Mallory_18_assignsubmission_file_: it counts for mallory.',
  );
});

test('a broken file of one student is no chance for another to hand in for them', async () => {
  const lists = folders.make({ 'list.csv': 'id,name\nalice,Alice\nbob,Bob\n12,Cy\n' });
  const folder = folders.make({
    [`alice/${EXERCISE}`]: FIXED,
    'bob/x.hb.json': '{',
    'homework.hb.json': submissionOf({ id: 'bob' }),
    // Canvas' number of somebody, which is Cy's id in the list.
    'someone_12_34_x.hb.json': submissionOf({}),
  });
  const intake = await readSubmissions([folder], {
    assignment: assigned(),
    course: COURSE,
    roster: path.join(lists, 'list.csv'),
    received: null,
  });
  expect(sentences(intake)).toEqual([
    'bob/x.hb.json is not valid JSON; it may have been cut off.',
    'bob: Only the file itself tells whose it is; others lie in folders of their own.',
    'bob: Refused, and not graded: bob/x.hb.json.',
    "canvas-12: Canvas's someone, number 12, is not in the class list.",
  ]);
});

test('a folder in an archive that has contents, and names in other character sets', async () => {
  expect(await zip({ name: 'exercises/', contents: FIXED })).toEqual([
    'eve.zip!exercises is called like a folder, and has contents of its own.',
  ]);
  const named = [
    { name: Buffer.from([0x94, 0x2e, 0x70, 0x79]), stored: true },
    { name: 'ö2.py', stored: true },
    { name: 'ö3.py', stored: true, flags: 0x800 },
  ];
  expect((await zip(...named)).map((line) => line.replace(/ .*/, ''))).toEqual([
    'eve.zip!ö.py',
    'eve.zip!ö2.py',
    'eve.zip!ö3.py',
  ]);
});
