/** Runs a program in the engine and shows its output: the state behind Run and Stop. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActRecord, WorldAct } from '../kernel/hosts/types.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { RunHandle } from '../worker/client-types.ts';
import type { Program, RunOptions, ScheduleRequest } from '../worker/protocol.ts';
import { takeEngine } from './activity.ts';
import { hasJspi, loadEngine } from './engine.ts';
import type { Feeds } from './feeds.ts';
import { NO_JSPI } from './words.ts';

export type RunState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly awaitingInput: boolean; readonly job: RunJob; readonly machines: Machines }
  | { readonly phase: 'finished'; readonly run: RunRecord; readonly job: RunJob; readonly machines: Machines }
  | { readonly phase: 'stopped' }
  /** The engine itself could not do it; `problem` is for the reader. */
  | { readonly phase: 'broken'; readonly problem: string; readonly started: boolean };

export interface RunJob {
  readonly program: Program;
  readonly schedule: ScheduleRequest;
  readonly options: Partial<RunOptions>;
  /** False: standard input is `program.stdin`, then ends. */
  readonly interactive: boolean;
  /** Of a world: what was done to the run that is repeated. */
  readonly acts?: readonly ActRecord[];
  /** What is done to the world as soon as it is there. */
  readonly first?: readonly WorldAct[];
}

/** How a world's terminals and hosts are, as far as something has happened to them. */
export interface Machines {
  /** A terminal's exit code, null while its command runs. */
  readonly terminals: ReadonlyMap<string, number | null>;
  readonly dark: ReadonlySet<string>;
}

const NOTHING_HAPPENED: Machines = { terminals: new Map(), dark: new Set() };
/** Milliseconds that a world has to end by itself and tell what happened. */
const GRACE = 1000;

export interface Runner {
  readonly state: RunState;
  start(job: RunJob): void;
  /** At once; a world may take a moment to end, so that what happened in it is told. */
  stop(): void;
  /** Stops, and takes the last run's output off the page. */
  clear(): void;
  input(line: string | null, terminal?: string): void;
  /** Does something to the running world. */
  act(act: WorldAct): void;
}

export function useRunner(feeds: Feeds): Runner {
  const baseUrl = useBaseUrl('/engine/');
  const [state, setState] = useState<RunState>({ phase: 'idle' });
  const handle = useRef<RunHandle | null>(null);
  /** Number of the newest start: what an older one still has to say is nobody's business. */
  const turn = useRef(0);

  const destroy = useCallback(() => {
    turn.current += 1;
    handle.current?.stop();
    handle.current = null;
    setState((now) => (now.phase === 'running' ? { phase: 'stopped' } : now));
  }, []);

  const world = useRef(false);
  const stop = useCallback(() => {
    const { current } = handle;
    if (!world.current || current === null) {
      destroy();
      return;
    }
    current.act({ act: 'end' });
    setTimeout(() => {
      if (handle.current === current) destroy();
    }, GRACE);
  }, [destroy]);

  const clear = useCallback(() => {
    destroy();
    setState({ phase: 'idle' });
  }, [destroy]);

  const start = useCallback(
    async (job: RunJob) => {
      if (!hasJspi()) {
        setState({ phase: 'broken', problem: NO_JSPI, started: false });
        return;
      }
      const release = takeEngine(destroy);
      turn.current += 1;
      const mine = turn.current;
      handle.current?.stop();
      handle.current = null;
      world.current = job.program.world !== undefined;
      feeds.reset(job.program.world?.terminals.map(({ name }) => name) ?? []);
      setState({ phase: 'running', awaitingInput: false, job, machines: NOTHING_HAPPENED });
      /** Changes the state of this run, while it is this one that runs. */
      const change = (how: (machines: Machines) => Partial<Extract<RunState, { phase: 'running' }>>) => {
        if (turn.current !== mine) return;
        setState((now) => (now.phase === 'running' ? { ...now, ...how(now.machines) } : now));
      };
      const end = (last: RunState) => {
        if (turn.current === mine) setState(last);
      };
      try {
        const engine = await loadEngine(baseUrl);
        if (turn.current !== mine) return;
        const events = {
          output: (fd: 1 | 2, text: string, terminal: string | null) => {
            if (turn.current === mine) feeds.push(fd, text, terminal);
          },
          awaitingInput: () => change(() => ({ awaitingInput: true })),
          terminal: (name: string, code: number | null) =>
            change(({ terminals, dark }) => ({ machines: { terminals: new Map(terminals).set(name, code), dark } })),
          host: (name: string, up: boolean) =>
            change(({ terminals, dark }) => ({ machines: { terminals, dark: withOrWithout(dark, name, !up) } })),
        };
        const running = engine.run(job.program, job.schedule, job.options, events, job.interactive, job.acts);
        handle.current = running;
        for (const act of job.first ?? []) running.act(act);
        const run = await running.done;
        if (handle.current === running) handle.current = null;
        if (run === null) end({ phase: 'stopped' });
        else if (turn.current === mine)
          setState((now) => ({
            phase: 'finished',
            run,
            job,
            machines: 'machines' in now ? now.machines : NOTHING_HAPPENED,
          }));
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        end({ phase: 'broken', problem: problemOf(job, why), started: true });
      } finally {
        release();
      }
    },
    [baseUrl, feeds, destroy],
  );

  const input = useCallback((line: string | null, terminal?: string) => {
    handle.current?.input(line, terminal);
    setState((now) => (now.phase === 'running' ? { ...now, awaitingInput: false } : now));
  }, []);

  const act = useCallback((what: WorldAct) => handle.current?.act(what), []);

  // Leaving the page by a link must not leave a program running behind.
  useEffect(() => destroy, [destroy]);

  return { state, start, stop, clear, input, act };
}

function withOrWithout(set: ReadonlySet<string>, name: string, wanted: boolean): ReadonlySet<string> {
  const changed = new Set(set);
  if (wanted) changed.add(name);
  else changed.delete(name);
  return changed;
}

/** A replay that does not fit is the schedule's fault or the program's, not the engine's. */
function problemOf({ schedule }: RunJob, why: string): string {
  return schedule.kind === 'replay' ? `This run cannot be shown again: ${why}.` : `Python could not run this: ${why}`;
}
