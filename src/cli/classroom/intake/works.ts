/** Keeps for each student the one hand-in that counts, and says what became of all others. */
import type { Received, Refused, Student } from '../../../classroom/graded.ts';
import { ENGINE_VERSION } from '../../../worker/identity.ts';
import type { Intake, Work } from '../types.ts';
import { MOST_STRANGERS, WHOLE_CLASS } from './bounds.ts';
import type { Stray } from './found.ts';
import { type About, counts, type HandIn, type Loaded } from './hand-in.ts';
import { aboutOthers, aboutStrays } from './notes.ts';
import { keyOf, type Owners, TRUST } from './owner.ts';
import { printable, someOf } from './printable.ts';
import type { ReceivedList } from './received-list.ts';
import { Refusal } from './refusal.ts';
import type { Wanted } from './sort-files.ts';
import { byFile, MOST_REFUSED, MOST_STRAYS, refusedOf, summed } from './sum-refused.ts';
import type { Desk } from './take-in.ts';

const MOST_NOTES = 30;
const ITS_OWN_WORD = 'Only the file itself tells whose it is; others lie in folders of their own.';

/** What is known of one student's. */
interface Kept {
  readonly student: Student;
  best: { readonly about: About; readonly loaded: Loaded; readonly length: number } | null;
  readonly all: About[];
  /** Of their place, and of nothing that was handed in. */
  readonly strays: Stray[];
}

export class Works implements Desk {
  readonly wanted: Wanted;
  readonly owners: Owners;
  readonly #kept = new Map<string, Kept>();
  /** What might have been graded, by whose it would be; null: nobody knows. */
  readonly #refused: { readonly student: Student | null; readonly refused: Refused }[] = [];
  readonly #homeless: Stray[] = [];
  readonly #listed: ReadonlySet<Student>;
  #strangers = 0;
  #anyPlaced = false;
  #length = 0;

  constructor(wanted: Wanted, owners: Owners) {
    this.wanted = wanted;
    this.owners = owners;
    this.#listed = new Set(wanted.list.students);
  }

  async handIn({ load, ...about }: HandIn): Promise<void> {
    const { student, trust } = about.owner;
    const kept = this.#of(student);
    if (!this.#listed.has(student) && kept.all.length === 0 && ++this.#strangers > MOST_STRANGERS)
      throw new Refusal(
        `is of one student too many who is in no list.`,
        'Give a class list (--roster), or grade in parts.',
      );
    this.#anyPlaced ||= trust === TRUST.placed;
    if (kept.best && !counts(about, kept.best.about)) return void kept.all.push(about);
    const loaded = await load();
    for (const stray of loaded.refused) this.refuse(stray);
    // Nothing of it could be read: what came before counts.
    if (loaded.answers.size === 0 && loaded.refused.length > 0) {
      for (const stray of about.strays) this.stray(stray);
      return;
    }
    const length = lengthOf(loaded);
    const whole = this.#length - (kept.best?.length ?? 0) + length;
    if (whole > WHOLE_CLASS)
      throw new Refusal('comes after more code than a class writes.', 'Grade the class in parts.');
    this.#length = whole;
    kept.all.push(about);
    kept.best = { about, loaded, length };
  }

  refuse({ names, shown, reason, advice }: Omit<Stray, 'kind'>): void {
    this.#refused.push({ student: this.owners.placed(names), refused: refusedOf({ shown, reason, advice }) });
  }

  stray(stray: Stray): void {
    const student = this.owners.placed(stray.names);
    if (student) this.#of(student).strays.push(stray);
    else this.#homeless.push(stray);
  }

  #of(student: Student): Kept {
    const key = keyOf(student);
    const kept = this.#kept.get(key) ?? { student, best: null, all: [], strays: [] };
    this.#kept.set(key, kept);
    return kept;
  }

  /** `listName`: what the list of times is called. */
  finish(times: ReceivedList, listName: string): Intake {
    const kept = [...this.#kept.values()].filter(({ best }) => best !== null);
    const strangers = kept.map(({ student }) => student).filter((student) => !this.#listed.has(student));
    const students = [...this.#listed, ...strangers.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))];
    const works = students.flatMap((student) => {
      const one = this.#kept.get(keyOf(student));
      return one?.best ? [this.#workOf(one, one.best, times)] : [];
    });
    for (const { best, strays } of this.#kept.values()) if (!best) this.#homeless.push(...strays);
    const rubbish = this.#homeless.filter(({ kind }) => kind === 'rubbish');
    const strays = this.#homeless.filter(({ kind }) => kind !== 'rubbish').map(refusedOf);
    const seen = [...works, ...this.#refused].flatMap(({ student }) => student ?? []);
    const missing = times.missing(seen).map(({ id, line }) => ({
      file: `${listName}: line ${line}`,
      reason: `tells when ${printable(id, 80)} handed in, but no work of theirs was found.`,
      advice: 'Look for the file, or remove the line.',
    }));
    const refused = this.#refused.map((one) => one.refused);
    return {
      works,
      students,
      refused: [...summed(refused, MOST_REFUSED), ...summed(strays, MOST_STRAYS), ...missing].sort(byFile),
      skipped: rubbish.length,
    };
  }

  #workOf({ student, all, strays }: Kept, best: NonNullable<Kept['best']>, times: ReceivedList): Work {
    const { about, loaded } = best;
    const { assignment } = this.wanted;
    const refused = this.#refused.filter((one) => one.student === student).map((one) => one.refused.file);
    const notes = [
      ...about.owner.notes,
      ...(about.owner.said && this.#anyPlaced ? [ITS_OWN_WORD] : []),
      ...aboutOthers(all, about, assignment),
      ...(refused.length > 0 ? [`Refused, and not graded: ${someOf(refused)}.`] : []),
      ...loaded.notes,
      ...(about.engine !== null && about.engine !== ENGINE_VERSION
        ? [`Made with version ${about.engine} of the engine; graded with ${ENGINE_VERSION}.`]
        : []),
      ...aboutStrays([...about.strays, ...strays], about.source),
    ];
    const received = receivedOf(student, about, times);
    if (received.markedLate && received.at === null)
      notes.push(
        'Canvas marked it as late and does not say by how much: give the time in a list of times (--received).',
      );
    return {
      student,
      source: about.source,
      received,
      answers: loaded.answers,
      engine: about.engine,
      notes: [...notes.slice(0, MOST_NOTES), ...(notes.length > MOST_NOTES ? ['There is more to say.'] : [])].map(
        (note) => printable(note, 1000),
      ),
    };
  }
}

function lengthOf({ answers }: Loaded): number {
  const texts = [...answers.values()].flatMap(({ files }) => Object.values(files));
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function receivedOf(student: Student, { owner, made }: About, times: ReceivedList): Received {
  const at = times.timeOf(student);
  if (at !== null) return { at, by: 'list' };
  return owner.late ? { at: null, by: 'lms', markedLate: true } : { at: made, by: 'student' };
}
