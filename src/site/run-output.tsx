/** Under the editor: what a program shows on its terminal, or on those of its machines, and what is said at its end. */
import type { ReactNode } from 'react';
import type { World } from '../kernel/hosts/types.ts';
import type { Place } from '../kernel/types.ts';
import type { Entry } from '../worker/protocol.ts';
import type { Feeds } from './feeds.ts';
import type { LineMark } from './line-marks.ts';
import { RunReport } from './run-report.tsx';
import { Terminal } from './terminal.tsx';
import type { Runner, RunState } from './use-runner.ts';
import type { WorldSettings } from './use-world.ts';
import { WorldPanel } from './world-panel.tsx';

export interface RunOutputProps {
  readonly runner: Runner;
  readonly feeds: Feeds;
  /** The machines of the run that is shown, which may be a hidden test's; else the reader's own. Undefined: there is one. */
  readonly world: World | undefined;
  /** What the reader has set them to; null: nothing can be set. */
  readonly machines: WorldSettings | null;
  /** What runs beside the terminals when the reader presses Run. */
  readonly beside: Entry;
  readonly files: readonly string[];
  readonly silence: string;
  /** Begins a run in which only this terminal is started. */
  readonly onStart: (terminal: string) => void;
  readonly onStop: () => void;
  readonly onGoTo: (place: Place) => void;
  readonly onMarks: (marks: readonly LineMark[]) => void;
}

const NOBODY: ReadonlySet<string> = new Set();

export function RunOutput(props: RunOutputProps): ReactNode {
  const { runner, feeds, world, machines, files, onGoTo } = props;
  const { state } = runner;
  const hasOutput = state.phase !== 'idle' && !(state.phase === 'broken' && !state.started);
  const job = state.phase === 'running' || state.phase === 'finished' ? state.job : null;
  return (
    <>
      {world && (
        <WorldPanel
          world={world}
          feeds={feeds}
          main={commandOf(job?.program.entry ?? props.beside)}
          machines={state.phase === 'running' ? state.machines : null}
          ended={endedOf(state)}
          shown={hasOutput}
          live={machines !== null && job?.schedule.kind !== 'replay'}
          links={machines?.links ?? world.links}
          cut={machines?.cut ?? NOBODY}
          files={files}
          onAct={runner.act}
          onStart={props.onStart}
          onLinks={(links) => machines?.onLinks(links)}
          onCut={(cut) => machines?.onCut(cut)}
          onInput={runner.input}
          onGoTo={onGoTo}
        />
      )}
      {hasOutput && world === undefined && (
        <Terminal
          feed={feeds.own}
          label="Program output and standard input"
          active={state.phase === 'running'}
          awaitingInput={state.phase === 'running' && state.awaitingInput}
          files={files}
          onInput={(line) => runner.input(line)}
          onInterrupt={props.onStop}
          onGoTo={onGoTo}
        />
      )}
      <RunReport state={state} files={files} silence={props.silence} onGoTo={onGoTo} onMarks={props.onMarks} />
    </>
  );
}

function commandOf(entry: Entry): string | null {
  if (entry.kind === 'terminals') return null;
  if (entry.kind === 'call') return `${entry.function}()`;
  const program = entry.kind === 'module' ? ['-m', entry.module] : [entry.file];
  return ['python3', ...program, ...(entry.args ?? [])].join(' ');
}

function endedOf(state: RunState): ReadonlyMap<string, number | null> {
  if (state.phase !== 'finished') return new Map();
  const own = state.run.terminals?.find(({ name }) => name === 'main');
  return own ? new Map([...state.machines.terminals, ['main', own.code]]) : state.machines.terminals;
}
