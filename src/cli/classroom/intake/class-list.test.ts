/** Class lists as teachers write them, and as Canvas and Moodle export them. */
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Usage } from '../../usage.ts';
import { type ClassList, readClassList } from './class-list.ts';
import { Folders } from './made-up-class.ts';

const folders = new Folders();
afterEach(() => folders.remove());

function list(text: string | Uint8Array): Promise<ClassList> {
  return readClassList(path.join(folders.make({ 'class.csv': text }), 'class.csv'));
}

async function complaint(text: string | Uint8Array): Promise<string> {
  const error = await list(text).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Usage);
  return (error as Usage).message.replace(/^.*class\.csv/, 'class.csv');
}

const brief = ({ students }: ClassList) => students.map(({ id, name, email }) => `${id}|${name}|${email}`);
const ids = (students: ClassList['students']) => students.map(({ id }) => id);

test('headings in any case and with any mark between their words', async () => {
  expect(brief(await list('NAME,Student_ID,E-Mail\nAnn,s1,a@x.org\n'))).toEqual(['s1|Ann|a@x.org']);
  expect(brief(await list('\ufeffid;name\r\ns1;"Lee; Ann"\r\n'))).toEqual(['s1|Lee; Ann|']);
  expect(brief(await list('First Name\tSurname\tUsername\nAnn\tLee\tal\n'))).toEqual(['al|Ann Lee|']);
  expect(brief(await list('name\nAnn Lee\n\nBo\n'))).toEqual(['Ann Lee|Ann Lee|', 'Bo|Bo|']);
});

test('all columns are kept, by their headings', async () => {
  const { students } = await list('id,name,Section,__proto__\ns1,Ann,2b,x\n');
  expect(Object.entries(students[0]?.columns ?? {})).toEqual([
    ['id', 's1'],
    ['name', 'Ann'],
    ['Section', '2b'],
    ['__proto__', 'x'],
  ]);
});

test('Canvas’ gradebook as it is', async () => {
  const canvas = await list(
    [
      'Student,ID,SIS User ID,SIS Login ID,Section,Essay (12),Current Score',
      ',,,,,Manual Posting,',
      '    Points Possible,,,,,10,(read only)',
      '"Lee, Ann",501,n1,ann@x.org,One,7,70',
      '"Öst, Bo Erik",502,,bo@x.org,One,,',
    ].join('\n'),
  );
  expect(brief(canvas)).toEqual(['n1|Ann Lee|', 'bo@x.org|Bo Erik Öst|']);
  expect(ids(canvas.canvasUser('502'))).toEqual(['bo@x.org']);
  expect(ids(canvas.canvasNamed('östboerik'))).toEqual(['bo@x.org']);
  expect(ids(canvas.whoHasId('501'))).toEqual(['n1']);
  const apart = await list('LastName,FirstName,ID,SIS Login ID,Section\n    Points Possible,,,,\nLee,Ann,501,al,One\n');
  expect(brief(apart)).toEqual(['al|Ann Lee|']);
});

test('Moodle’s grading worksheet and its list of participants', async () => {
  const worksheet = await list(
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade"\n"Participant 77","Ann Lee",a@x.org,-,,100.00\n',
  );
  expect(brief(worksheet)).toEqual(['a@x.org|Ann Lee|a@x.org']);
  expect(ids(worksheet.moodleParticipant('77'))).toEqual(['a@x.org']);
  const hidden = await list('Identifier,Status\nParticipant 77,-\n');
  expect(brief(hidden)).toEqual(['Participant 77||']);
  const participants = await list(
    '"First name","Last name","ID number","Email address"\nAnn,Lee,n1,a@x.org\nBo,Öst,,b@x.org\n',
  );
  expect(brief(participants)).toEqual(['n1|Ann Lee|a@x.org', 'b@x.org|Bo Öst|b@x.org']);
});

test('who is meant: ids before names, the exact spelling before a loose one', async () => {
  const { whoIs } = await list(
    'id,name,email\nann,Zoe Fox,\ns2,Ann,ann@x.org\nS3,Jané  Doe,\ns3x,Doe-Ray Kim,\nu_1,One,\nu-1,Two,\n',
  );
  const who = (text: string) => ids(whoIs(text));
  expect(who('ann')).toEqual(['ann']);
  expect(who('ANN')).toEqual(['ann']);
  expect(who('ann@x.org')).toEqual(['s2']);
  expect(who('s3')).toEqual(['S3']);
  for (const spelling of ['Jané Doe', 'Jane\u0301 Doe', 'jane_doe', 'Doe, Jané', 'JANE-DOE', 'jane--doe'])
    expect(who(spelling)).toEqual(['S3']);
  expect(who('kim-doe-ray')).toEqual(['s3x']);
  expect(who('u_1')).toEqual(['u_1']);
  expect(who('u 1')).toEqual(['u_1', 'u-1']);
  expect(who('')).toEqual([]);
  expect(who('nobody')).toEqual([]);
  expect(who('__proto__')).toEqual([]);
});

test('what is wrong with a list is said with its line', async () => {
  expect(await complaint('')).toBe('class.csv: is empty. Its first line names the columns, as in: id,name,email');
  expect(await complaint('colour,size\nred,7\n')).toBe(
    'class.csv: has no column that tells who a student is. Its first line names the columns, as in: id,name,email',
  );
  expect(await complaint('id,name\ns1,Ann\n\nS1,Bo\n')).toBe(
    'class.csv: line 4: "S1" is in line 2 already. Each student needs an id of their own.',
  );
  expect(await complaint('id,name,room\n,,4\n')).toBe(
    'class.csv: line 2: has neither an id nor a name. Give one, or remove the line.',
  );
  expect(await complaint('id,name\ns1,Lee, Ann\n')).toBe(
    'class.csv: line 2: has more columns than the first line. Put quotation marks around what has a comma in it.',
  );
  expect(await complaint('id,name\ns1,"Ann\ns2,Bo\n')).toMatch(/^class\.csv: line \d+: Quoted field unterminated\. /);
  expect(await complaint(Buffer.from('\ufeffid,name\ns1,Ann\n', 'utf16le'))).toBe(
    'class.csv: is text in UTF-16, not in UTF-8. Save it as CSV in UTF-8 and try again.',
  );
  expect(await complaint('PK\x03\x04\0\0')).toBe('class.csv: is a zip archive. Save it as CSV in UTF-8 and try again.');
});
