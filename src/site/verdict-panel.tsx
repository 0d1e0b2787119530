/** The verdict of a grading: each test with its proof, and for those that failed what happened and how to watch it. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { countOf } from '../grader/count-of.ts';
import type { Suite } from '../grader/suite.ts';
import type { Failing, TestReport, Verdict, VerdictKind } from '../grader/verdict.ts';
import type { Place } from '../kernel/types.ts';
import type { VerdictScore } from './assigned-grading.ts';
import { CopyButton } from './copy-button.tsx';
import { CopyLink } from './copy-link.tsx';
import type { GradingState } from './use-grading.ts';
import type { RunJob } from './use-runner.ts';
import styles from './verdict-panel.module.css';

export interface VerdictPanelProps {
  readonly state: GradingState;
  /** What it is worth, where a teacher gives points: every test is then graded, whatever the one before has shown. */
  readonly scoreOf?: ((verdict: Verdict, suite: Suite) => VerdictScore) | undefined;
  /** The job that watches a run of a test; null if there is none. */
  readonly jobOf: (test: string, schedule: string) => RunJob | null;
  readonly onReplay: (job: RunJob) => void;
  readonly onGoTo: (place: Place) => void;
}

export const HEADLINES: Readonly<Record<VerdictKind, string>> = {
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

export function VerdictPanel({ state, scoreOf, ...reach }: VerdictPanelProps): ReactNode {
  const { jobOf, onReplay } = reach;
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
            {/* Where a grading goes on after a test that failed, one that is done need not have passed. */}
            <span aria-hidden="true">{scoreOf ? '·' : '✓'}</span> {test.test} · {countOf(test.done, 'schedule')}
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
  const score = scoreOf?.(verdict, state.suite);
  const firstFailed = verdict.tests.find(({ failure }) => failure)?.name;
  return (
    <section
      className={clsx(styles.panel, verdict.kind === 'passed' ? styles.passed : styles.failed)}
      aria-label="Verdict"
    >
      <h3 className={styles.headline}>
        {HEADLINES[verdict.kind]}
        {score && <span className={styles.total}>{score.total}</span>}
      </h3>
      <ul className={styles.tests}>
        {verdict.tests.map((test) => (
          <TestLine key={test.name} test={test} points={score?.tests.get(test.name)}>
            {test.failure && (
              <details className={styles.why} open={test.name === firstFailed}>
                <summary>What happened</summary>
                <WhyFailed test={test.name} failing={test.failure} {...reach} />
              </details>
            )}
          </TestLine>
        ))}
      </ul>
      {score?.more && <p className={styles.more}>{score.more}</p>}
      {verdict.kind !== 'passed' && firstFailed === undefined && (
        <div className={styles.failure}>
          <WhyFailed test={verdict.test} failing={verdict} shownElsewhere={verdict.findings !== undefined} {...reach} />
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

interface WhyFailedProps extends Pick<VerdictPanelProps, 'jobOf' | 'onReplay' | 'onGoTo'> {
  readonly test: string;
  readonly failing: Failing;
  /** True: its runs are listed by themselves. */
  readonly shownElsewhere?: boolean;
}

function WhyFailed({ test, failing, shownElsewhere = false, jobOf, onReplay, onGoTo }: WhyFailedProps): ReactNode {
  const { message, hint, schedule, at } = failing;
  const replayable = schedule !== '' && !shownElsewhere;
  return (
    <>
      <p className={styles.message}>{message}</p>
      <p className={styles.hint}>
        <strong>Hint.</strong> {hint}
      </p>
      <div className={styles.actions}>
        {replayable && (
          <ReplayButton job={jobOf(test, schedule)} onReplay={onReplay}>
            Replay this run
          </ReplayButton>
        )}
        {at && (
          <button type="button" className="hb-link-button" onClick={() => onGoTo(at)}>
            Go to {at.file}:{at.line}
          </button>
        )}
        {replayable && (
          <span className={styles.schedule}>
            schedule <code>{schedule}</code> <CopyButton text={schedule} what="the schedule" />
          </span>
        )}
      </div>
    </>
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

interface TestLineProps {
  readonly test: TestReport;
  readonly points: string | undefined;
  /** Why it failed. */
  readonly children: ReactNode;
}

function TestLine({ test, points, children }: TestLineProps): ReactNode {
  const passed = test.verdict === 'passed';
  return (
    <li className={styles.test}>
      <span className={clsx(styles.mark, passed ? styles.good : styles.bad)} aria-hidden="true">
        {passed ? '✓' : '✗'}
      </span>
      <div className={styles.told}>
        <span className={styles.name}>{test.name}</span>{' '}
        <span className={styles.proof}>
          {passed ? 'passed' : HEADLINES[test.verdict].toLowerCase()}
          {points === undefined ? '' : ` · ${points}`}
          {test.proof === '' ? '' : ` · ${test.proof}`}
        </span>
        {children}
      </div>
    </li>
  );
}
