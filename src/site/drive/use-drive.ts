/** A driven run as React state: each change of the moves runs the program anew, from the start. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DriveState, Move, Program, RunOptions } from '../../worker/protocol.ts';
import { takeEngine } from '../activity.ts';
import { hasJspi, loadEngine } from '../engine.ts';
import { NO_JSPI } from '../words.ts';
import { add, type DriveLog, type DriveStep, movesOf, redo, refuse, restart, startLog, undo } from './drive-log.ts';

export interface Drive {
  readonly log: DriveLog;
  /** Where the run stands, and after which moves; null: not yet known. */
  readonly shown: { readonly state: DriveState; readonly log: DriveLog } | null;
  readonly busy: boolean;
  /** Why the last move was not made, or why nothing runs. */
  readonly problem: string | null;
  move(step: DriveStep): void;
  undo(): void;
  redo(): void;
  restart(): void;
  /** Gives up the run on its way, and the move that led to it. */
  stop(): void;
}

/** Program, options and first moves are those of the first call; `onMoves` hears of each change by the reader. */
export function useDrive(
  program: Program,
  options: RunOptions,
  initial: readonly Move[],
  onMoves: (moves: readonly Move[]) => void,
): Drive {
  const baseUrl = useBaseUrl('/engine/');
  const setup = useRef({ program, options });
  const [log, setLog] = useState(() => startLog(initial));
  const [shown, setShown] = useState<Drive['shown']>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  /** The newest log: what is typed while a run is on its way is run next, and what came between is not. */
  const wanted = useRef(log);
  const reached = useRef<DriveLog | null>(null);
  const working = useRef(false);
  /** The reader has made or undone a move. */
  const touched = useRef(false);
  const gone = useRef(false);
  const halt = useRef<() => void>(() => {});
  const tell = useRef(onMoves);
  tell.current = onMoves;

  const want = useCallback((next: DriveLog) => {
    wanted.current = next;
    setLog(next);
  }, []);

  const work = useCallback(async () => {
    if (working.current) return;
    if (!hasJspi()) {
      setProblem(NO_JSPI);
      return;
    }
    working.current = true;
    setBusy(true);
    const release = takeEngine(() => halt.current());
    try {
      const engine = await loadEngine(baseUrl);
      while (wanted.current !== reached.current && !gone.current) {
        const next = wanted.current;
        const job = engine.drive({ ...setup.current, moves: movesOf(next), stop: next.steps.at(-1) !== 'finish' });
        halt.current = job.stop;
        const state = await job.done;
        if (gone.current) return;
        if (state === null) {
          setProblem('Stopped.');
          want(reached.current ?? startLog([]));
          return;
        }
        if (state.refused) {
          setProblem(`${state.refused.why}.`);
          want(refuse(next, state.refused.move));
          // The moves that Drive began with are not the panel's to change.
          if (touched.current) tell.current(movesOf(wanted.current));
        } else {
          reached.current = next;
          setShown({ state, log: next });
        }
      }
    } catch (error) {
      if (!gone.current)
        setProblem(`Python could not run this: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      working.current = false;
      halt.current = () => {};
      release();
      if (!gone.current) setBusy(false);
    }
  }, [baseUrl, want]);

  useEffect(() => {
    gone.current = false;
    work();
    return () => {
      gone.current = true;
      halt.current();
    };
  }, [work]);

  const change = useCallback(
    (how: (log: DriveLog) => DriveLog) => {
      setProblem(null);
      touched.current = true;
      want(how(wanted.current));
      tell.current(movesOf(wanted.current));
      work();
    },
    [want, work],
  );

  return {
    log,
    shown,
    busy,
    problem,
    move: useCallback((step) => change((now) => add(now, step)), [change]),
    undo: useCallback(() => change(undo), [change]),
    redo: useCallback(() => change(redo), [change]),
    restart: useCallback(() => change(restart), [change]),
    stop: useCallback(() => halt.current(), []),
  };
}
