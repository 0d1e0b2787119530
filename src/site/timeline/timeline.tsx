/** The timeline of a run: its lanes as a picture to step through, and all that can be said of a step as text. */
import { type ReactNode, useMemo, useState } from 'react';
import type { RunRecord } from '../../kernel/types.ts';
import { chromeTrace } from '../../trace/chrome-trace.ts';
import { buildTimeline, momentAt } from '../../trace/lanes.ts';
import { narrate, raceSentence, sentenceOf } from '../../trace/narrate.ts';
import { stepOfRace } from '../../trace/steps.ts';
import { waitForCycle } from '../../trace/wait-for.ts';
import { LanesView } from './lanes-view.tsx';
import { MomentTable } from './moment-table.tsx';
import styles from './timeline.module.css';
import { WaitForPicture } from './wait-for-picture.tsx';

export interface TimelineProps {
  readonly record: RunRecord;
  /** From 0; beyond the last step: the last. */
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** It plays by itself: steps are not read out. */
  readonly quiet?: boolean;
}

const MOST_LINES = 1000;
const MOST_RACES = 20;

export function Timeline({ record, step: wanted, onStep, quiet = false }: TimelineProps): ReactNode {
  const timeline = useMemo(() => buildTimeline(record), [record]);
  const cycle = useMemo(() => waitForCycle(record.outcome, record.trace), [record]);
  const [told, setTold] = useState(false);
  const last = timeline.steps.length - 1;
  const step = Math.max(0, Math.min(wanted, last));
  const moment = momentAt(timeline, step);
  if (moment.step === undefined) return null;
  const races = (record.races ?? []).slice(0, MOST_RACES);
  return (
    <div className={styles.timeline}>
      <LanesView timeline={timeline} step={step} onStep={onStep} />
      <div className={styles.controls}>
        <button type="button" className="hb-link-button" disabled={step === 0} onClick={() => onStep(step - 1)}>
          ← Back
        </button>
        <button type="button" className="hb-link-button" disabled={step === last} onClick={() => onStep(step + 1)}>
          Forward →
        </button>
        <span className={styles.count}>
          step {step + 1} of {last + 1}
          {record.trace.truncated && ' (the run went on, unrecorded)'}
        </span>
        <button type="button" className="hb-link-button" onClick={() => download(record)}>
          Perfetto JSON
        </button>
      </div>
      <p className={styles.sentence} role="status" aria-live={quiet ? 'off' : 'polite'}>
        {sentenceOf(moment.step, timeline)}
      </p>
      <MomentTable moment={moment} trace={record.trace} />
      <WaitForPicture links={cycle} trace={record.trace} />
      {races.length > 0 && (
        <ul className={styles.races} aria-label="Data races">
          {races.map((race, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the races of a record never change
            <li key={index}>
              {raceSentence(race, record.trace)}{' '}
              <button
                type="button"
                className="hb-link-button"
                onClick={() => onStep(stepOfRace(timeline.steps, race) ?? step)}
              >
                Show
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.legend} aria-hidden="true">
        <span>
          <i className={styles.running} /> runs
        </span>
        <span>
          <i className={styles.runnable} /> can run
        </span>
        <span>
          <i className={styles.blocked} /> waits
        </span>
        <span>
          <i className={styles.held} /> held
        </span>
        <span>◆ used</span>
        {timeline.processes.length > 0 && (
          <>
            <span>→ message</span>
            <span>⇢ signal</span>
            <span>
              <i className={styles.zombie} /> zombie
            </span>
          </>
        )}
      </p>
      <details onToggle={(event) => setTold(event.currentTarget.open)}>
        <summary>As text</summary>
        {told && <pre className={styles.text}>{narrate(timeline, MOST_LINES).join('\n')}</pre>}
      </details>
    </div>
  );
}

function download(record: RunRecord): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(chromeTrace(record))], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'happens-before-trace.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
