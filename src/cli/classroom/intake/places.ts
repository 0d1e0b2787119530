/** Names that learning platforms give to what they let a teacher download, and what those say. */
import type { Student } from '../../../classroom/graded.ts';
import type { ClassList } from './class-list.ts';

export interface Place {
  readonly platform: 'Canvas' | 'Moodle';
  /** Whom of the class list it means; several if it does not tell, none if the list does not have them. */
  readonly students: readonly Student[];
  /** What the platform calls them. */
  readonly id: string;
  readonly name: string;
  /** Canvas says so in the name. */
  readonly late: boolean;
  /** What the student called the file; empty if it is a folder. */
  readonly original: string;
}

/**
 * Canvas: `doejane_LATE_12345_67890_original.ext`, of the user 12345; `anon_a1b2c_67890_original.ext` if names are hidden.
 * Moodle: `Jane Doe_1234567_assignsubmission_file_`, a folder, or with the file's own name after it.
 */
export function placeOf(name: string, list: ClassList): Place | null {
  const moodle = /^([^_]*)_(\d{1,12})_assignsubmission_[a-z]+_(.*)$/s.exec(name);
  if (moodle) {
    const [, who = '', id = '', original = ''] = moodle;
    const byNumber = list.moodleParticipant(id);
    const students = byNumber.length > 0 ? byNumber : list.whoIs(who);
    return { platform: 'Moodle', students, id, name: who, late: false, original };
  }
  const anonymous = /^(?:(LATE)_)?anon_([A-Za-z0-9]{1,12})_\d{1,12}_(.+)$/s.exec(name);
  if (anonymous) {
    const [, late, id = '', original = ''] = anonymous;
    return { platform: 'Canvas', students: [], id: `anon_${id}`, name: '', late: late !== undefined, original };
  }
  return canvasPlace(name, list);
}

/**
 * A student may have a name such as `x_12345`, or hand in a file called `a_1_2_b`: then there are several readings. The
 * one whose number and name the class list has together is meant; if two are, nobody is.
 */
function canvasPlace(name: string, list: ClassList): Place | null {
  const readings: Place[] = [];
  const ids = /_(\d{1,12})_(?=(\d{1,12}_|text\.html$|link\.html$))/g;
  for (let found = ids.exec(name); found; found = ids.exec(name)) {
    const before = name.slice(0, found.index);
    const late = before.endsWith('_LATE');
    const who = late ? before.slice(0, -'_LATE'.length) : before;
    const [, id = '', attachment = ''] = found;
    const original = name.slice(found.index + found[0].length).slice(/^\d/.test(attachment) ? attachment.length : 0);
    if (who !== '' && !/[^\p{L}\p{M}\p{N}_]/u.test(who) && original !== '')
      readings.push({ platform: 'Canvas', students: list.canvasUser(id), id, name: who, late, original });
    // The second number may be another reading's first.
    ids.lastIndex = found.index + 1;
  }
  const [first] = readings;
  if (!first) return null;
  const known = readings.filter(({ students, name: who }) =>
    list.canvasNamed(who).some((one) => students.includes(one)),
  );
  if (known.length > 1) return { ...first, students: [...new Set(known.flatMap(({ students }) => students))] };
  if (known[0]) return known[0];
  const listed = readings.filter(({ students }) => students.length > 0);
  if (listed.length === 1 && readings.length === 1) return listed[0] ?? first;
  // Without Canvas' numbers in the list: by the name, which Canvas writes without spaces.
  return { ...first, students: listed.length === 0 ? list.canvasNamed(first.name) : [] };
}
