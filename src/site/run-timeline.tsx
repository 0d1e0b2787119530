/** The timeline under a run's output, and, once the reader steps through it, where each thread is in the editor. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { RunRecord } from '../kernel/types.ts';
import { buildTimeline, momentAt } from '../trace/lanes.ts';
import type { LineMark } from './line-marks.ts';
import styles from './run-report.module.css';
import { Timeline } from './timeline/timeline.tsx';

export interface RunTimelineProps {
  readonly record: RunRecord;
  readonly onMarks: (marks: readonly LineMark[]) => void;
}

export function RunTimeline({ record, onMarks }: RunTimelineProps): ReactNode {
  const timeline = useMemo(() => buildTimeline(record), [record]);
  /** null: the reader has only run the program, and the editor stays as it is. */
  const [step, setStep] = useState<number | null>(null);
  const [open, setOpen] = useState(true);
  const tell = useRef(onMarks);
  tell.current = onMarks;
  useEffect(() => {
    if (step === null || !open) return;
    const { threads } = momentAt(timeline, step);
    tell.current(
      threads.flatMap(({ task, name, at, span }) =>
        at && span ? [{ place: at, task, name, runs: span.state !== 'blocked' }] : [],
      ),
    );
    return () => tell.current([]);
  }, [timeline, step, open]);
  // One thread's timeline is a bar: it says nothing.
  if (timeline.threads.length < 2) return null;
  return (
    <details className={styles.timeline} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Timeline</summary>
      {open && <Timeline record={record} step={step ?? timeline.steps.length - 1} onStep={setStep} />}
    </details>
  );
}
