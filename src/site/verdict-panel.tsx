/** The verdict of a grading: each test with its proof, and for the failing one what happened and how to watch it. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { countOf } from '../grader/count-of.ts';
import type { TestReport, Verdict, VerdictKind } from '../grader/verdict.ts';
import type { Place } from '../kernel/types.ts';
import { CopyButton } from './copy-button.tsx';
import { CopyLink } from './copy-link.tsx';
import type { GradingState } from './use-grading.ts';
import type { RunJob } from './use-runner.ts';
import styles from './verdict-panel.module.css';

export interface VerdictPanelProps {
  readonly state: GradingState;
  /** The job that watches a run of a test; null if there is none. */
  readonly jobOf: (test: string, schedule: string) => RunJob | null;
  readonly onReplay: (job: RunJob) => void;
  readonly onGoTo: (place: Place) => void;
}

const HEADLINES: Readonly<Record<VerdictKind, string>> = {
  passed: 'Solved',
  failed: 'Not yet',
  race: 'Data race',
  deadlock: 'Deadlock',
  livelock: 'Livelock',
  error: 'Error',
  limit: 'Stopped at a limit',
  unrepeatable: 'Not repeatable',
};

export function verdictHeadline(verdict: Verdict): string {
  return verdict.kind === 'passed' ? HEADLINES.passed : `${HEADLINES[verdict.kind]}: ${verdict.test}`;
}

export function VerdictPanel({ state, jobOf, onReplay, onGoTo }: VerdictPanelProps): ReactNode {
  if (state.phase === 'idle') return null;
  if (state.phase === 'stopped') return <p className={styles.note}>Grading stopped.</p>;
  if (state.phase === 'broken') return <p className={clsx(styles.note, styles.broken)}>{state.problem}</p>;
  if (state.phase === 'grading') {
    const { searched } = state;
    const done = searched.slice(0, -1);
    const now = searched.at(-1);
    return (
      <div className={styles.searching}>
        {done.map((test) => (
          <p key={test.test} className={styles.done}>
            <span aria-hidden="true">✓</span> {test.test} · {countOf(test.done, 'schedule')}
          </p>
        ))}
        <p className={styles.now}>
          {/* Without a value: how many schedules there are is known when the search has ended. */}
          <progress className={styles.bar} aria-label="Grading" />
          <span>{now ? `${now.test} · searching: ${countOf(now.done, 'schedule')} …` : 'Getting ready …'}</span>
        </p>
      </div>
    );
  }
  const { verdict } = state;
  return (
    <section
      className={clsx(styles.panel, verdict.kind === 'passed' ? styles.passed : styles.failed)}
      aria-label="Verdict"
    >
      <h3 className={styles.headline}>{HEADLINES[verdict.kind]}</h3>
      <ul className={styles.tests}>
        {verdict.tests.map((test) => (
          <TestLine key={test.name} test={test} />
        ))}
      </ul>
      {verdict.kind !== 'passed' && (
        <div className={styles.failure}>
          <p className={styles.message}>{verdict.message}</p>
          <p className={styles.hint}>
            <strong>Hint.</strong> {verdict.hint}
          </p>
          <div className={styles.actions}>
            {verdict.schedule !== '' && !verdict.findings && (
              <ReplayButton job={jobOf(verdict.test, verdict.schedule)} onReplay={onReplay}>
                Replay this run
              </ReplayButton>
            )}
            {verdict.at && (
              <button type="button" className="hb-link-button" onClick={() => verdict.at && onGoTo(verdict.at)}>
                Go to {verdict.at.file}:{verdict.at.line}
              </button>
            )}
            {verdict.schedule !== '' && !verdict.findings && (
              <span className={styles.schedule}>
                schedule <code>{verdict.schedule}</code> <CopyButton text={verdict.schedule} what="the schedule" />
              </span>
            )}
          </div>
        </div>
      )}
      {verdict.findings && (
        <ul className={styles.findings} aria-label="Runs that show it">
          {verdict.findings.map((finding) => (
            <li key={`${finding.test} ${finding.text}`}>
              <code>{finding.text}</code>
              <ReplayButton job={jobOf(finding.test, finding.schedule)} onReplay={onReplay}>
                Replay
              </ReplayButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface ReplayButtonProps {
  readonly job: RunJob | null;
  readonly onReplay: (job: RunJob) => void;
  readonly children: ReactNode;
}

function ReplayButton({ job, onReplay, children }: ReplayButtonProps): ReactNode {
  if (job?.schedule.kind !== 'replay') return null;
  return (
    <>
      <button type="button" className="hb-button" onClick={() => onReplay(job)}>
        {children}
      </button>
      <CopyLink program={job.program} schedule={job.schedule.schedule} interactive={false} acts={[]} />
    </>
  );
}

function TestLine({ test }: { readonly test: TestReport }): ReactNode {
  const passed = test.verdict === 'passed';
  return (
    <li className={styles.test}>
      <span className={clsx(styles.mark, passed ? styles.good : styles.bad)} aria-hidden="true">
        {passed ? '✓' : '✗'}
      </span>
      <span>
        <span className={styles.name}>{test.name}</span>{' '}
        <span className={styles.proof}>
          {passed ? 'passed' : HEADLINES[test.verdict].toLowerCase()}
          {test.proof === '' ? '' : ` · ${test.proof}`}
        </span>
      </span>
    </li>
  );
}
