/** Runs a program in the engine and shows its output: the state behind Run and Stop. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunRecord } from '../kernel/types.ts';
import type { RunHandle } from '../worker/client-types.ts';
import type { Program, RunOptions, ScheduleRequest } from '../worker/protocol.ts';
import { takeEngine } from './activity.ts';
import { hasJspi, loadEngine } from './engine.ts';
import type { TerminalFeed } from './terminal-feed.ts';
import { NO_JSPI } from './words.ts';

export type RunState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly awaitingInput: boolean }
  | { readonly phase: 'finished'; readonly run: RunRecord; readonly job: RunJob }
  | { readonly phase: 'stopped' }
  /** The engine itself could not do it; `problem` is for the reader. */
  | { readonly phase: 'broken'; readonly problem: string; readonly started: boolean };

export interface RunJob {
  readonly program: Program;
  readonly schedule: ScheduleRequest;
  readonly options: Partial<RunOptions>;
  /** False: standard input is `program.stdin`, then ends. */
  readonly interactive: boolean;
}

export interface Runner {
  readonly state: RunState;
  start(job: RunJob): void;
  stop(): void;
  /** Stops, and takes the last run's output off the page. */
  clear(): void;
  input(line: string | null): void;
}

export function useRunner(feed: TerminalFeed): Runner {
  const baseUrl = useBaseUrl('/engine/');
  const [state, setState] = useState<RunState>({ phase: 'idle' });
  const handle = useRef<RunHandle | null>(null);
  /** Number of the newest start: what an older one still has to say is nobody's business. */
  const turn = useRef(0);

  const stop = useCallback(() => {
    turn.current += 1;
    handle.current?.stop();
    handle.current = null;
    setState((now) => (now.phase === 'running' ? { phase: 'stopped' } : now));
  }, []);

  const clear = useCallback(() => {
    stop();
    setState({ phase: 'idle' });
  }, [stop]);

  const start = useCallback(
    async (job: RunJob) => {
      if (!hasJspi()) {
        setState({ phase: 'broken', problem: NO_JSPI, started: false });
        return;
      }
      const release = takeEngine(stop);
      turn.current += 1;
      const mine = turn.current;
      handle.current?.stop();
      handle.current = null;
      feed.reset();
      setState({ phase: 'running', awaitingInput: false });
      const end = (last: RunState) => {
        if (turn.current === mine) setState(last);
      };
      try {
        const engine = await loadEngine(baseUrl);
        if (turn.current !== mine) return;
        const events = {
          output: (fd: 1 | 2, text: string) => {
            if (turn.current === mine) feed.push(fd, text);
          },
          awaitingInput: () => end({ phase: 'running', awaitingInput: true }),
        };
        handle.current = engine.run(job.program, job.schedule, job.options, events, job.interactive);
        const run = await handle.current.done;
        end(run === null ? { phase: 'stopped' } : { phase: 'finished', run, job });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        end({ phase: 'broken', problem: problemOf(job, why), started: true });
      } finally {
        release();
      }
    },
    [baseUrl, feed, stop],
  );

  const input = useCallback((line: string | null) => {
    handle.current?.input(line);
    setState((now) => (now.phase === 'running' ? { phase: 'running', awaitingInput: false } : now));
  }, []);

  // Leaving the page by a link must not leave a program running behind.
  useEffect(() => stop, [stop]);

  return { state, start, stop, clear, input };
}

/** A replay that does not fit is the schedule's fault or the program's, not the engine's. */
function problemOf({ schedule }: RunJob, why: string): string {
  return schedule.kind === 'replay' ? `This run cannot be shown again: ${why}.` : `Python could not run this: ${why}`;
}
