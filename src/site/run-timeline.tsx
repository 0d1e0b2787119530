/** The timeline under a run's output: a lane for each thread, as a picture and, for those who prefer it, as text. */
import clsx from 'clsx';
import { type CSSProperties, type ReactNode, useMemo } from 'react';
import type { Trace } from '../kernel/types.ts';
import styles from './run-timeline.module.css';
import { buildTimeline, type Lane, type Timeline } from './timeline.ts';

/** More would be too thin to see in this width. */
const MOST_EVENTS = 240;
const MOST_LANES = 16;

const KEYS = [
  ['running', 'runs'],
  ['ready', 'could run'],
  ['waiting', 'waits'],
  ['hold', 'holds a lock'],
] as const;

export function RunTimeline({ trace }: { readonly trace: Trace }): ReactNode {
  const timeline = useMemo(() => buildTimeline(trace, MOST_EVENTS), [trace]);
  // One thread's timeline is a bar: it says nothing.
  if (timeline.lanes.length < 2) return null;
  const lanes = timeline.lanes.slice(0, MOST_LANES);
  const left = timeline.lanes.length - lanes.length;
  return (
    <details className={styles.timeline} open>
      <summary>Timeline</summary>
      <div className={styles.lanes} aria-hidden="true">
        {lanes.map((lane) => (
          <LaneRow key={lane.task} lane={lane} length={timeline.length} />
        ))}
        <Ticks timeline={timeline} />
      </div>
      <p className={styles.legend} aria-hidden="true">
        {KEYS.map(([style, meaning]) => (
          <span key={style} className={styles.entry}>
            <span className={clsx(styles.key, styles[style])} /> {meaning}
          </span>
        ))}
        {timeline.cut && <span className={styles.cut}>the first {timeline.length} events</span>}
        {left > 0 && <span className={styles.cut}>and {left} more threads</span>}
      </p>
      <details>
        <summary>As text</summary>
        <ol className={styles.text}>
          {sentences(lanes).map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ol>
      </details>
    </details>
  );
}

function LaneRow({ lane, length }: { readonly lane: Lane; readonly length: number }): ReactNode {
  return (
    <div className={styles.row}>
      <span className={styles.name} title={lane.name}>
        {lane.name}
      </span>
      <div className={clsx(styles.track, lane.task % 2 === 0 && styles.other)}>
        {lane.spans.map(({ from, to, state, what, line }) => (
          <span
            key={from}
            className={clsx(styles.span, styles[state])}
            style={between(from, to, length)}
            title={`${lane.name} ${what}${line === null ? '' : `, line ${line}`}`}
          />
        ))}
        {lane.holds.map(({ from, to, lock }) => (
          <span
            key={`${from} ${lock}`}
            className={clsx(styles.span, styles.hold)}
            style={between(from, to, length)}
            title={`${lane.name} holds ${lock}`}
          />
        ))}
      </div>
    </div>
  );
}

function Ticks({ timeline: { ticks, length } }: { readonly timeline: Timeline }): ReactNode {
  // Labels closer than an eighth of the width would overlap on a phone.
  const apart: { at: number; time: number }[] = [];
  for (const tick of [{ at: 0, time: 0 }, ...ticks])
    if (apart.length === 0 || tick.at - (apart.at(-1)?.at ?? 0) >= length / 8) apart.push(tick);
  return (
    <div className={styles.row}>
      <span className={styles.name}>clock</span>
      <div className={styles.ticks}>
        {apart
          .filter(({ at }) => at <= length * 0.92)
          .map(({ at, time }) => (
            <span key={at} className={styles.tick} style={{ left: `${(100 * at) / length}%` }}>
              {time.toFixed(3).replace(/\.?0+$/, '')} s
            </span>
          ))}
      </div>
    </div>
  );
}

function between(from: number, to: number, length: number): CSSProperties {
  return { left: `${(100 * from) / length}%`, width: `${(100 * (to - from)) / length}%` };
}

function sentences(lanes: readonly Lane[]): { key: string; text: string }[] {
  return lanes
    .flatMap((lane) => lane.spans.filter(({ state }) => state !== 'ready').map((span) => ({ lane, span })))
    .sort((a, b) => a.span.from - b.span.from)
    .map(({ lane, span }) => ({
      key: `${lane.task} ${span.from}`,
      text: `${lane.name} ${span.what}${span.line === null ? '' : ` (line ${span.line})`}`,
    }));
}
