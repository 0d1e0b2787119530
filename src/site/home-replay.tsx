/** On the home page: a run that loses a deposit, made by the engine there and then, and replayed step by step. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { RunRecord } from '../kernel/types.ts';
import { buildTimeline, momentAt } from '../trace/lanes.ts';
import { RUN_OPTIONS } from '../worker/limits.ts';
import type { Move } from '../worker/protocol.ts';
import { hasJspi, loadEngine } from './engine.ts';
import styles from './home-replay.module.css';
import { markedLines } from './line-marks.ts';
import { LOST_UPDATE } from './lost-update.ts';
import { Timeline } from './timeline/timeline.tsx';
import { Workbench } from './workbench.tsx';

const [FILE = '', CODE = ''] = Object.entries(LOST_UPDATE)[0] ?? [];
const WRITES = CODE.split('\n').findIndex((line) => line.includes('balance = seen + amount')) + 1;
/** Ann has seen the balance and not yet written; Ben pays in. */
const MOVES: readonly Move[] = [
  { thread: 'MainThread', until: { kind: 'wait' } },
  { thread: 'Ann', until: { kind: 'line', line: WRITES } },
  { thread: 'Ben', until: { kind: 'wait' } },
];
/** Milliseconds a step: the loss is seen within five seconds. */
const PACE = 450;

/** What comes before the first thread starts is not the story. */
function firstStart({ trace }: RunRecord): number {
  const { steps } = buildTimeline({ trace });
  return Math.max(
    0,
    steps.findIndex(({ acts }) => acts.some(({ kind }) => kind === 'spawn')),
  );
}

export function HomeReplay(): ReactNode {
  const baseUrl = useBaseUrl('/engine/');
  const [record, setRecord] = useState<RunRecord | null>(null);
  const [step, setStep] = useState(0);
  const [playing, setPlaying] = useState(true);
  const [own, setOwn] = useState(false);

  useEffect(() => {
    if (!hasJspi()) return;
    let gone = false;
    const program = { files: LOST_UPDATE, entry: { kind: 'script', file: FILE } } as const;
    const options = { ...RUN_OPTIONS, model: 'every-bytecode', trace: true, observe: true } as const;
    loadEngine(baseUrl)
      .then((engine) => engine.drive({ program, options, moves: MOVES, stop: false }).done)
      .then(
        (state) => {
          if (gone || !state) return;
          setRecord(state.record);
          setStep(firstStart(state.record));
        },
        () => {},
      );
    return () => {
      gone = true;
    };
  }, [baseUrl]);

  const timeline = useMemo(() => record && buildTimeline(record), [record]);
  const last = (timeline?.steps.length ?? 1) - 1;
  useEffect(() => {
    if (!timeline || own || !playing || step >= last) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setPlaying(false);
      setStep(last);
      return;
    }
    const timer = setTimeout(() => setStep(step + 1), PACE);
    return () => clearTimeout(timer);
  }, [timeline, own, playing, step, last]);

  if (own)
    return (
      <Workbench
        scope="home"
        title="Press Run a few times"
        starter={LOST_UPDATE}
        schedule="random"
        model="every-bytecode"
      />
    );
  const threads = timeline ? momentAt(timeline, step).threads : [];
  const marks = markedLines(
    threads.flatMap(({ task, name, at, span }) =>
      at && span ? [{ place: at, task, name, runs: span.state !== 'blocked' }] : [],
    ),
    FILE,
  );
  return (
    <section className={styles.replay} aria-label="A run that loses a deposit">
      <pre className={styles.code}>
        {CODE.trimEnd()
          .split('\n')
          .map((text, index) => {
            const mark = marks.find(({ line }) => line === index + 1);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
              <div key={index} className={mark?.runs ? `hb-line--${mark.colour}` : undefined}>
                {text || ' '}
                {mark && <span className="hb-line-name">{`  ${mark.text}`}</span>}
              </div>
            );
          })}
      </pre>
      <div className={styles.bar}>
        {timeline && (
          <button
            type="button"
            className="hb-link-button"
            onClick={() => {
              if (step >= last && record) setStep(firstStart(record));
              setPlaying(step >= last || !playing);
            }}
          >
            {step >= last ? 'Play again' : playing ? 'Pause' : 'Play'}
          </button>
        )}
        {timeline && <span className={styles.made}>a run made just now, on this page</span>}
        <button type="button" className="hb-button" onClick={() => setOwn(true)}>
          Change it and run it
        </button>
      </div>
      {record && (
        <div className={styles.timeline}>
          <Timeline
            record={record}
            step={step}
            quiet={playing && step < last}
            onStep={(to) => {
              setPlaying(false);
              setStep(to);
            }}
          />
        </div>
      )}
    </section>
  );
}
