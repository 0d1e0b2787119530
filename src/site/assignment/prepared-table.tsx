/** What a submission file will hold: a line for each exercise, with its attempts and how its code stands to its verdict. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './assignment.module.css';
import type { Prepared, Standing } from './hand-in.ts';
import { verdictWords } from './verdict-words.ts';
import { words } from './words.ts';

const STANDINGS: Readonly<Record<Standing, string>> = {
  untouched: words.submit.untouched,
  ungraded: words.submit.ungraded,
  changed: words.submit.changed,
  current: words.submit.current,
};

export function PreparedTable({ prepared }: { readonly prepared: readonly Prepared[] }): ReactNode {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words.submit.exercise}</th>
          <th scope="col">{words.submit.attempts}</th>
          <th scope="col">{words.submit.last}</th>
          <th scope="col">{words.submit.code}</th>
        </tr>
      </thead>
      <tbody>
        {prepared.map(({ exercise, work: { attempts }, standing }) => {
          const last = attempts.at(-1);
          return (
            <tr key={exercise.slug}>
              <th scope="row">{exercise.title}</th>
              <td data-label={words.submit.attempts}>{attempts.length}</td>
              <td data-label={words.submit.last}>{last ? verdictWords(last.verdict) : words.notGraded}</td>
              <td data-label={words.submit.code} className={clsx(standing !== 'current' && styles.notCurrent)}>
                {STANDINGS[standing]}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
