/** The class list: whose names and numbers are known, and who is meant by one. */
import type { Student } from '../../../classroom/graded.ts';
import { Usage } from '../../usage.ts';
import { plainHeading, type Row, readTable } from './csv-table.ts';
import { printable } from './printable.ts';

/** Columns that hold what tells a student from others, the best first. */
const IDS = [
  'id',
  'student id',
  'id number',
  'sis user id',
  'username',
  'sis login id',
  'login id',
  'email',
  'email address',
  'identifier',
];
/** In Canvas' gradebook `ID` is Canvas' own number, which no teacher knows. */
const CANVAS_IDS = ['sis user id', 'sis login id', 'id'];
const NAMES = ['name', 'full name', 'student', 'student name'];
const FIRST = ['first name', 'firstname', 'given name'];
const LAST = ['last name', 'lastname', 'surname', 'family name'];
const EMAILS = ['email', 'email address', 'e mail'];

export interface ClassList {
  /** False: nobody gave one, and everybody is welcome. */
  readonly given: boolean;
  readonly students: readonly Student[];
  /** Whom an id, a user name, an address or a name means; several if it does not tell. */
  whoIs(text: string): readonly Student[];
  /** Only ids, user names and addresses. */
  whoHasId(text: string): readonly Student[];
  /** Whom Canvas means by its own number of a user. */
  canvasUser(id: string): readonly Student[];
  /** Whom Canvas' spelling of a name means: `doejane`. */
  canvasNamed(name: string): readonly Student[];
  /** Whom Moodle means by "Participant 1234567". */
  moodleParticipant(number: string): readonly Student[];
}

export const NO_LIST: ClassList = {
  given: false,
  students: [],
  whoIs: () => [],
  whoHasId: () => [],
  canvasUser: () => [],
  canvasNamed: () => [],
  moodleParticipant: () => [],
};

/** Throws Usage. */
export async function readClassList(file: string): Promise<ClassList> {
  const { headings, rows } = await readTable(file);
  const plain = headings.map(plainHeading);
  const canvas =
    plain.includes('id') && (plain.includes('student') || plain.includes('lastname')) && plain.includes('section');
  const entries = rows.filter((row) => !isCanvasExtra(row, canvas)).map((row) => entryOf(row, headings, plain, canvas));
  if (!plain.some((heading) => [...IDS, ...NAMES, ...FIRST, ...LAST].includes(heading)))
    throw new Usage(
      `${printable(file)}: has no column that tells who a student is. Its first line names the columns, as in: id,name,email`,
    );
  const lines = new Map<string, number>();
  for (const { student, line } of entries) {
    if (student.id === '')
      throw new Usage(`${printable(file)}: line ${line}: has neither an id nor a name. Give one, or remove the line.`);
    const before = lines.get(folded(student.id));
    if (before !== undefined)
      throw new Usage(
        `${printable(file)}: line ${line}: "${student.id}" is in line ${before} already. Each student needs an id of their own.`,
      );
    lines.set(folded(student.id), line);
  }
  return indexed(entries);
}

interface Listed {
  readonly line: number;
  readonly student: Student;
  /** All that is an id of theirs. */
  readonly ids: readonly string[];
  readonly mailbox: string;
  readonly names: readonly string[];
  readonly canvas: string;
  readonly participant: string;
}

/** Under its headings Canvas writes what each assignment is worth, and sometimes which are hidden. */
function isCanvasExtra({ cells }: Row, canvas: boolean): boolean {
  return canvas && (/^Points Possible$/i.test(cells[0] ?? '') || cells.slice(0, 4).every((cell) => cell === ''));
}

function entryOf({ line, cells }: Row, headings: readonly string[], plain: readonly string[], canvas: boolean): Listed {
  const cell = (wanted: readonly string[]) =>
    wanted.flatMap((heading) => cells[plain.indexOf(heading)] ?? []).filter((text) => text !== '');
  const [first = '', last = ''] = [cell(FIRST)[0], cell(LAST)[0]];
  const [full = `${first} ${last}`.trim()] = cell(NAMES);
  // "Doe, Jane": Canvas' order for lists.
  const turned = /^([^,]+), ([^,]+)$/.exec(full);
  const name = turned ? `${turned[2]} ${turned[1]}` : full;
  const ids = cell(canvas ? CANVAS_IDS : IDS);
  const email = cell(EMAILS)[0] ?? '';
  const student: Student = {
    id: printable(ids[0] ?? name),
    name: printable(name),
    email: printable(email),
    listed: true,
    columns: Object.fromEntries(headings.map((heading, i) => [heading, cells[i] ?? ''])),
  };
  return {
    line,
    student,
    ids: [...new Set(email ? [...ids, email] : ids)],
    mailbox: email.replace(/@.*/, ''),
    names: [
      ...new Set([name, full, `${first} ${last}`, `${last} ${first}`, turnedAround(name)].map((one) => one.trim())),
    ].filter(Boolean),
    canvas: canvas ? (cell(['id'])[0] ?? '') : (cell(['canvas id', 'canvas user id'])[0] ?? ''),
    participant: /(\d+)$/.exec(cell(['identifier'])[0] ?? '')?.[1] ?? '',
  };
}

/** "Jane Doe" → "Doe Jane". */
function turnedAround(name: string): string {
  const words = name.split(' ');
  return [words.at(-1) ?? '', ...words.slice(0, -1)].join(' ');
}

function indexed(entries: readonly Listed[]): ClassList {
  const by = (keysOf: (one: Listed) => readonly string[]) => {
    const index = new Map<string, Set<Student>>();
    for (const one of entries)
      for (const key of keysOf(one)) if (key !== '') index.set(key, (index.get(key) ?? new Set()).add(one.student));
    return (key: string): readonly Student[] => [...(index.get(key) ?? [])];
  };
  const canvasNames = by(({ names }) => names.map(packed));
  // From the strictest reading to the loosest: the first that anybody fits decides.
  const idsAsWritten = by(({ ids }) => ids);
  const idsFolded = by(({ ids }) => ids.map(folded));
  const idsLoose = by(({ ids, mailbox }) => [...ids, mailbox].map(loose));
  const namesFolded = by(({ names }) => names.map(folded));
  const namesLoose = by(({ names }) => names.map(loose));
  const siteLoose = by(({ ids, names }) => [...ids, ...names].map(asTheSiteNamesFiles));
  const first = (...readings: (readonly Student[])[]) => readings.find((found) => found.length > 0) ?? [];
  const whoHasId = (text: string) => first(idsAsWritten(text.trim()), idsFolded(folded(text)));
  return {
    given: true,
    students: entries.map(({ student }) => student),
    whoHasId,
    whoIs: (text) =>
      first(
        whoHasId(text),
        namesFolded(folded(text)),
        idsLoose(loose(text)),
        namesLoose(loose(text)),
        siteLoose(asTheSiteNamesFiles(text)),
      ),
    canvasUser: by(({ canvas }) => [canvas]),
    canvasNamed: (name) => canvasNames(packed(name)),
    moodleParticipant: by(({ participant }) => [participant]),
  };
}

/** The same for spellings that look the same. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Letters and digits alone: "Doe, Jané" and "doe_jane" are one. */
export function loose(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function packed(text: string): string {
  return loose(text).replaceAll('-', '');
}

/** As in `submissionName`: what the site makes of an id or a name in a file's name. */
function asTheSiteNamesFiles(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 40);
}
