/** Whose a hand-in is: where it lies comes before what it says. */
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Student } from '../../../classroom/graded.ts';
import { type ClassList, folded } from './class-list.ts';
import { type Place, placeOf } from './places.ts';
import { printable } from './printable.ts';
import { Refusal } from './refusal.ts';

/** Who says whose it is: it itself, or where it lies, which beats the other. */
export const TRUST = { itself: 0, placed: 1 } as const;
export type Trust = (typeof TRUST)[keyof typeof TRUST];

export interface Owner {
  readonly student: Student;
  readonly trust: Trust;
  /** Of the class list, and only by what the file says. */
  readonly said?: true;
  /** Canvas marked it so. */
  readonly late: boolean;
  readonly notes: readonly string[];
}

/** What a file says of its student. */
export interface Says {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

export interface Where {
  /** Names of folders, archives and of the file itself, the outermost first. */
  readonly names: readonly string[];
  /** So many of them are the teacher's. */
  readonly given: number;
  /** The folder, archive or file that holds this hand-in alone, by its name; null if that tells nothing. */
  readonly label: string | null;
  /** The folder that was given: asked last, since most hold a whole class. */
  readonly root: string;
}

interface Placed {
  readonly students: readonly Student[];
  readonly trust: Trust;
  readonly place: Place | null;
  /** The folder, archive or file that tells it. */
  readonly name: string;
}

export class Owners {
  readonly #list: ClassList;
  readonly #assignment: Assignment;

  constructor(list: ClassList, assignment: Assignment) {
    this.#list = list;
    this.#assignment = assignment;
  }

  /** Throws Refusal if nobody can tell. */
  ownerOf(where: Where, says: Says = {}): Owner {
    const { names } = where;
    const by = this.#byPlace(where);
    const said = this.#whoIsSaid(says);
    const late = by?.place?.late ?? false;
    const candidates = by?.students ?? [];
    // Where two of the same name are meant, the file may say which: it can only choose between them.
    const [placed, ...others] = candidates.length > 1 ? candidates.filter((one) => said.includes(one)) : candidates;
    if (by && placed && others.length === 0)
      return { student: placed, trust: by.trust, late, notes: mismatch(placed, says, said, by.name, names) };
    if (candidates.length > 1) throw ambiguous(candidates);
    if (by?.place) return this.#ofPlatform(by.place, by.trust, says, said);
    if (said.length > 1) throw ambiguous(said);
    const [itself] = said;
    return itself ? { student: itself, trust: TRUST.itself, said: true, late, notes: [] } : this.#stranger(where, says);
  }

  /** Whoever the names alone tell of; null if they do not. */
  placed(names: readonly string[]): Student | null {
    const by = this.#byPlace({ names, given: names.length, root: '' });
    return by?.students.length === 1 ? (by.students[0] ?? null) : null;
  }

  #byPlace({ names, given, root }: Omit<Where, 'label'>): Placed | null {
    for (const [i, name] of [...names, root].entries()) {
      const place = placeOf(name, this.#list);
      if (place) return { students: place.students, trust: i < given ? TRUST.placed : TRUST.itself, place, name };
      for (const reading of readingsOf(name, this.#assignment.id)) {
        const students = this.#list.whoIs(reading);
        if (students.length === 0) continue;
        // A file keeps the name that its student gave it.
        const byTeacher = (i < given || i === names.length) && !FILE.test(name);
        return { students, trust: byTeacher ? TRUST.placed : TRUST.itself, place: null, name };
      }
    }
    return null;
  }

  #whoIsSaid({ id, name }: Says): readonly Student[] {
    const byId = id === undefined ? [] : this.#list.whoHasId(id);
    if (byId.length > 0 || name === undefined) return byId;
    return this.#list.whoIs(name);
  }

  /** The platform knows them; the class list does not. */
  #ofPlatform(place: Place, trust: Trust, says: Says, said: readonly Student[]): Owner {
    const what = `${place.platform}'s ${place.name === '' ? '' : `${printable(place.name, 80)}, `}number ${place.id}`;
    const [itself, ...more] = said;
    if (itself && more.length === 0)
      return {
        student: itself,
        trust: TRUST.itself,
        late: place.late,
        notes: [`${what}, is not in the class list; it is ${printable(itself.id, 80)} by the file's own word.`],
      };
    const name = place.name || says.name || place.id;
    return {
      student: this.#outsider(`${place.platform.toLowerCase()}-${place.id}`, name),
      trust,
      late: place.late,
      notes: this.#list.given ? [`${what}, is not in the class list.`] : [],
    };
  }

  #stranger({ label, names, given, root }: Where, says: Says): Owner {
    const { id: saidId, name } = says;
    const own = label === null ? '' : ownNameOf(label, this.#assignment.id);
    // Without a class list a folder is whose it is called like, whatever a file in it says. Files are called anything.
    const folder = label !== null && !FILE.test(label) && (label === root || names.indexOf(label) < given);
    if (folder && own !== '' && !this.#list.given) {
      const student = this.#outsider(own, name ?? own);
      const same = [saidId, name].some((claim) => claim !== undefined && folded(claim) === folded(own));
      return { student, trust: TRUST.placed, late: false, notes: same ? [] : mismatch(student, says, [], own, names) };
    }
    // With one, a file that nobody is called like was called so by chance.
    const chance = this.#list.given && label === names.at(-1) && FILE.test(label ?? '') && !/\.zip$/i.test(label ?? '');
    const id = saidId ?? name ?? (chance ? '' : own);
    if (id === '') throw new Refusal('does not tell whose it is.', RIGHT_FOLDER);
    const student = this.#outsider(id, name ?? id);
    const notes = this.#list.given ? [`${student.id} is not in the class list.`] : [];
    return { student, trust: TRUST.itself, late: false, notes };
  }

  #outsider(id: string, name: string): Student {
    if (this.#list.whoHasId(id).length > 0)
      throw new Refusal(`is of somebody called ${printable(id, 60)}, as another student is.`, RIGHT_FOLDER);
    return {
      id: printable(id.normalize('NFC').trim(), 100),
      name: printable(name.normalize('NFC').trim(), 100),
      email: '',
      listed: !this.#list.given,
      columns: {},
    };
  }
}

/** A name that a student gave, not a folder's. */
const FILE = /\.(json|json\.txt|zip)$/i;
const RIGHT_FOLDER = 'Put it into a folder that is called like the right student in the class list.';

function ambiguous(students: readonly Student[]): Refusal {
  const ids = students.map(({ id }) => printable(id, 60));
  return new Refusal(`may be of ${ids.join(' or ')}: a name means each of them.`, RIGHT_FOLDER);
}

function mismatch(
  student: Student,
  says: Says,
  said: readonly Student[],
  place: string,
  names: readonly string[],
): string[] {
  const claim = says.id ?? says.name;
  if (claim === undefined || said.includes(student)) return [];
  const whose = printable(student.id, 80);
  const lies = place === names.at(-1) ? 'is called' : 'lies in';
  return [`The file says it is ${printable(claim, 80)}; it ${lies} ${printable(place, 80)}: it counts for ${whose}.`];
}

/** Equal for what is the same student. */
export function keyOf({ id }: Student): string {
  return folded(id);
}

/** What a folder's or a file's name may mean: as it is, without endings, without the assignment before it. */
function readingsOf(name: string, assignment: string): string[] {
  return [...new Set([name, stemOf(name), ownNameOf(name, assignment)])].filter((reading) => reading.trim() !== '');
}

/** What is a student's own in a name: `a1-alice-main.zip` → `alice`; empty if nothing is. */
function ownNameOf(name: string, assignment: string): string {
  const branch = stemOf(name).replace(/-(main|master)$/i, '');
  const own = branch.toLowerCase().startsWith(`${assignment}-`) ? branch.slice(assignment.length + 1) : branch;
  return folded(own) === assignment ? '' : own.trim();
}

function stemOf(name: string): string {
  // Browsers number what has been downloaded before: `alice.hb (1).json`.
  return name.replace(/(\.hb)?(\s*\(\d{1,3}\))?\.(json|json\.txt|zip)$/i, '');
}
