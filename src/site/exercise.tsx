/** A graded exercise: task, editor, verdict, hints; embedded in a chapter or filling a page of its own. */
import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';
import type { AssignedGrading } from './assigned-grading.ts';
import styles from './exercise.module.css';
import type { ExerciseData } from './exercise-data.ts';
import { HintLadder } from './hint-ladder.tsx';
import { useSolved } from './use-progress.ts';
import { Workbench } from './workbench.tsx';
import { exerciseScope } from './workspace.ts';

const KINDS: Readonly<Record<ExerciseData['kind'], string>> = {
  write: 'Write it',
  fix: 'Fix it',
  break: 'Break it',
  predict: 'Predict it',
  order: 'Put it in order',
};

/** In a chapter: `<Exercise slug="locks/lost-update" />`; `data` is put there by course-plugin/exercise-imports.ts. */
export function Exercise({ data }: { readonly slug: string; readonly data?: ExerciseData }): ReactNode {
  // Only a chapter that the remark plugin did not see lacks it: a fault of the build's set-up.
  if (data === undefined) throw new Error('<Exercise> works in docs/ only, where its data is imported.');
  return (
    <div className={styles.embedded}>
      <h3 className={styles.title} id={data.slug.replace('/', '-')}>
        <Link to={`/exercises/${data.slug}`}>{data.title}</Link>
      </h3>
      <ExerciseBody data={data} />
    </div>
  );
}

export interface ExerciseBodyProps {
  readonly data: ExerciseData;
  readonly assigned?: AssignedGrading | undefined;
}

export function ExerciseBody({ data, assigned }: ExerciseBodyProps): ReactNode {
  const solved = data.slug in useSolved();
  return (
    <>
      <p className={styles.facts}>
        <span className={styles.kind}>{KINDS[data.kind]}</span>
        <span>{data.concepts.join(' · ')}</span>
        {solved && <span className={styles.solved}>✓ solved</span>}
      </p>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the course's own Markdown, made HTML at build time */}
      <div className={styles.task} dangerouslySetInnerHTML={{ __html: data.taskHtml }} />
      <Workbench
        key={data.slug}
        scope={exerciseScope(data.slug)}
        starter={data.starter}
        support={data.support}
        world={data.world}
        exercise={data}
        assigned={assigned}
      />
      <HintLadder key={`hints ${data.slug}`} hints={data.hintsHtml} />
    </>
  );
}
