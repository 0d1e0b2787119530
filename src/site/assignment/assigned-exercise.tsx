/** One exercise of an assignment: its task, editor, Grade by the teacher's rules, and hints. */
import { type ReactNode, useMemo } from 'react';
import { assigned as asAssigned } from '../../classroom/assigned.ts';
import type { AssignedExercise, Assignment } from '../../classroom/assignment.ts';
import type { AssignedGrading } from '../assigned-grading.ts';
import { ExerciseBody } from '../exercise.tsx';
import { pageStore } from '../store.ts';
import styles from './assignment.module.css';
import { Fetched } from './fetched.tsx';
import { useLocale } from './use-locale.ts';
import { useStored } from './use-stored.ts';
import { verdictWords } from './verdict-words.ts';
import { attemptsLeft, pointsSoFar, shortMoment, words } from './words.ts';
import { isUsedUp, recordAttempt, scoreOfVerdict, workOf } from './work.ts';

export interface AssignedExerciseViewProps {
  readonly assignment: Assignment;
  readonly assigned: AssignedExercise;
}

export function AssignedExerciseView({ assignment, assigned }: AssignedExerciseViewProps): ReactNode {
  const { slug } = assigned;
  const locale = useLocale();
  const work = useStored((store) => workOf(store, assignment.id, slug));
  const slugs = useMemo(() => [slug], [slug]);
  const grading: AssignedGrading = {
    adapt: (gradable) => asAssigned(gradable, assignment),
    closed: isUsedUp(assignment, work),
    note: attemptsLeft(work.attempts.length, assignment.attempts),
    scoreOf: (verdict, suite) => scoreOfVerdict(assigned, verdict, suite),
    onVerdict: (verdict, { suite }, files) =>
      recordAttempt(pageStore(), assignment.id, assigned, { verdict, suite, files, at: new Date().toISOString() }),
  };
  const last = work.attempts.at(-1);
  return (
    <>
      <p className={styles.muted}>
        <strong>{pointsSoFar(work.graded?.points ?? null, assigned.points, last && verdictWords(last.verdict))}</strong>
        {last && ` · ${words.lastGraded(shortMoment(last.at, locale), verdictWords(last.verdict))}`}
      </p>
      <Fetched slugs={slugs}>{([data]) => data && <ExerciseBody data={data} assigned={grading} />}</Fetched>
    </>
  );
}
