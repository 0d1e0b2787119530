/** Makes the submission file: shows what will be in it, asks who hands it in, and says where it goes. */
import { type FormEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import type { Assignment } from '../../classroom/assignment.ts';
import { submissionName } from '../../classroom/submission.ts';
import { ENGINE_VERSION } from '../../worker/identity.ts';
import { download } from '../download.ts';
import type { ExerciseData } from '../exercise-data.ts';
import { pageStore } from '../store.ts';
import { usePackaged } from '../use-packaged.ts';
import styles from './assignment.module.css';
import { Fetched } from './fetched.tsx';
import { fieldProblems, makeSubmission, type Prepared, prepare } from './hand-in.ts';
import { Message } from './message.tsx';
import { PreparedTable } from './prepared-table.tsx';
import { Problem } from './problem.tsx';
import { handIns, markHandedIn, rememberedStudent, rememberStudent, type Student } from './remembered.ts';
import { useStored } from './use-stored.ts';
import { words } from './words.ts';

export interface HandInViewProps {
  readonly assignment: Assignment;
  /** Those of its exercises that this site has. */
  readonly slugs: readonly string[];
}

export function HandInView({ assignment, slugs }: HandInViewProps): ReactNode {
  const packaged = usePackaged();
  const list = slugs.join(' ');
  const same = useMemo(() => list.split(' ').filter(Boolean), [list]);
  return (
    <>
      <p>{packaged ? words.submit.packaged : words.submit.nothingSent}</p>
      <Fetched slugs={same}>{(exercises) => <HandInForm assignment={assignment} exercises={exercises} />}</Fetched>
    </>
  );
}

interface HandInFormProps {
  readonly assignment: Assignment;
  readonly exercises: readonly ExerciseData[];
}

function HandInForm({ assignment, exercises }: HandInFormProps): ReactNode {
  const { id, due, attempts, asks, message } = assignment;
  const prepared = useStored((store) => prepare(store, assignment, exercises));
  const before = useStored((store) => handIns(store, id)).length;
  const [student, setStudent] = useState<Student>(() => rememberedStudent(pageStore()));
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState<{ readonly made: string } | { readonly problem: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const problems = tried ? fieldProblems(assignment, student) : {};
  const isNothing = prepared.every(({ standing }) => standing === 'untouched');

  const make = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setSaid(null);
    const [wrong] = Object.keys(fieldProblems(assignment, student));
    if (wrong !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    const who = trimmed(student);
    const now = new Date().toISOString();
    const made = makeSubmission(assignment, prepared, who, { engine: ENGINE_VERSION, now });
    if (!made.ok) {
      setSaid({ problem: made.problem });
      return;
    }
    const name = submissionName(id, made.submission.student);
    download(name, made.text);
    rememberStudent(pageStore(), who);
    markHandedIn(pageStore(), id, now);
    setSaid({ made: name });
  };

  return (
    <>
      <h2 className={styles.heading}>{words.submit.inTheFile}</h2>
      <PreparedTable prepared={prepared} />
      <form ref={form} onSubmit={make} noValidate className={styles.form}>
        {asks.map((field) => (
          <Field
            key={field}
            name={field}
            value={student[field] ?? ''}
            problem={problems[field]}
            onChange={(text) => setStudent({ ...student, [field]: text })}
          />
        ))}
        {said === null && <Problem lines={warnings(prepared)} />}
        {said === null && due !== undefined && Date.parse(due) < Date.now() && (
          <p className={styles.notice}>{words.submit.afterDue}</p>
        )}
        {said === null && attempts !== undefined && before >= attempts && (
          <p className={styles.notice}>{words.submit.tooMany(attempts)}</p>
        )}
        <button type="submit" className="hb-button" disabled={isNothing}>
          {words.submit.make}
        </button>
      </form>
      <div role="status">
        {said !== null && 'made' in said && (
          <div className={styles.done}>
            <p>
              <strong>{words.submit.made(said.made)}</strong>
            </p>
            <p>{words.submit.whereTo}</p>
            {message.trim() !== '' && <p className={styles.muted}>{words.submit.teacherSays}</p>}
            <Message text={message} />
          </div>
        )}
      </div>
      <Problem lines={said !== null && 'problem' in said ? [said.problem] : []} />
    </>
  );
}

function warnings(prepared: readonly Prepared[]): string[] {
  const untouched = prepared.filter(({ standing }) => standing === 'untouched').length;
  if (untouched === prepared.length) return [words.submit.nothing];
  const changed = prepared.filter(({ standing }) => standing === 'changed' || standing === 'ungraded').length;
  return words.submit.warnings(untouched, changed);
}

function trimmed({ name, id }: Student): Student {
  return { ...(name?.trim() && { name: name.trim() }), ...(id?.trim() && { id: id.trim() }) };
}

interface FieldProps {
  readonly name: 'name' | 'id';
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

function Field({ name, value, problem, onChange }: FieldProps): ReactNode {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{words.submit[name]}</label>
      <input
        id={id}
        name={name}
        value={value}
        autoComplete={name === 'name' ? 'name' : 'off'}
        aria-required="true"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.value)}
      />
      <div id={`${id}-about`} className={problem === undefined ? styles.muted : styles.wrong}>
        {problem ?? words.submit.asked}
      </div>
    </div>
  );
}
