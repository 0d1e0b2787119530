/** What is said under the terminal once a run has ended: how, its numbers, its schedule, the lines a traceback names. */
import type { ReactNode } from 'react';
import { explainOutcome } from '../grader/explain.ts';
import type { Place, RunRecord } from '../kernel/types.ts';
import { CopyButton } from './copy-button.tsx';
import { CopyLink } from './copy-link.tsx';
import type { LineMark } from './line-marks.ts';
import styles from './run-report.module.css';
import { RunTimeline } from './run-timeline.tsx';
import { lastPlaces } from './traceback-links.ts';
import type { RunState } from './use-runner.ts';
import { outputOf, summarise } from './words.ts';

export interface RunReportProps {
  readonly state: RunState;
  readonly files: readonly string[];
  /** Said when a program ended well and printed nothing. */
  readonly silence: string;
  readonly onGoTo: (place: Place) => void;
  /** Where the threads are at the step of the timeline that the reader looks at. */
  readonly onMarks: (marks: readonly LineMark[]) => void;
}

export function RunReport({ state, files, silence, onGoTo, onMarks }: RunReportProps): ReactNode {
  if (state.phase === 'stopped') return <p className={styles.line}>Stopped.</p>;
  if (state.phase === 'broken') return <p className={styles.problem}>{state.problem}</p>;
  if (state.phase !== 'finished') return null;
  const { run, job } = state;
  const { outcome } = run;
  const places = placesOf(run, files);
  // What ran on processors of its own, or was destroyed, nothing can run again.
  const repeatable = run.schedule !== '';
  const silent = outcome.kind === 'exit' && outputOf(run) === '' && run.value === undefined;
  return (
    <div className={styles.report}>
      {(outcome.kind === 'deadlock' || outcome.kind === 'limit') && (
        <div className={styles.explained}>
          {explainOutcome(run)
            .split('\n')
            .map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
        </div>
      )}
      {silent && <p className={styles.line}>{silence}</p>}
      {places.length > 0 && (
        <p className={styles.line}>
          Go to{' '}
          {places.map((place) => (
            <button
              key={`${place.file}:${place.line}`}
              type="button"
              className="hb-link-button"
              onClick={() => onGoTo(place)}
            >
              {place.file}:{place.line}
            </button>
          ))}
        </p>
      )}
      <RunTimeline key={run.schedule} record={run} onMarks={onMarks} />
      <p className={styles.line}>
        <span>{summarise(run)}</span>
        {run.value !== undefined && (
          <span>
            returned <code className={styles.code}>{JSON.stringify(run.value)}</code>
          </span>
        )}
        {repeatable && (
          <span className={styles.schedule}>
            schedule <code className={styles.code}>{run.schedule}</code>{' '}
            <CopyButton text={run.schedule} what="the schedule" />
            <CopyLink
              program={job.program}
              schedule={run.schedule}
              interactive={job.interactive}
              acts={run.acts ?? []}
            />
          </span>
        )}
      </p>
    </div>
  );
}

/** Lines worth a button: those of the traceback, or where each thread of a deadlock stands. */
function placesOf(run: RunRecord, files: readonly string[]): Place[] {
  if (run.outcome.kind === 'deadlock') {
    const stuck = run.outcome.stuck.flatMap(({ at }) => (at && files.includes(at.file) ? [at] : []));
    return stuck.filter(
      (place, index) => stuck.findIndex((p) => p.file === place.file && p.line === place.line) === index,
    );
  }
  return lastPlaces(run.terminals ? outputOf(run) : run.stderr, files, 4);
}
