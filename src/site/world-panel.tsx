/** The machines of a world: each host with its terminals, buttons that start, kill and crash, and the network below. */
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { LinkSpec, TerminalSpec, World, WorldAct } from '../kernel/hosts/types.ts';
import type { Place } from '../kernel/types.ts';
import type { Feeds } from './feeds.ts';
import { NetworkPanel } from './network-panel.tsx';
import { Terminal } from './terminal.tsx';
import type { Machines } from './use-runner.ts';
import styles from './world-panel.module.css';

export interface WorldPanelProps {
  readonly world: World;
  readonly feeds: Feeds;
  /** What runs beside the terminals, on the first host; null: nothing. */
  readonly main: string | null;
  /** Null: nothing runs. */
  readonly machines: Machines | null;
  /** How the terminals of a run that is over ended, by name; empty if none has run. */
  readonly ended: ReadonlyMap<string, number | null>;
  /** There was a run, whose output is to be shown. */
  readonly shown: boolean;
  /** A recorded run, or one that is graded, takes no orders. */
  readonly live: boolean;
  /** As they are set now, whatever the run began with. */
  readonly links: readonly LinkSpec[];
  readonly cut: ReadonlySet<string>;
  readonly files: readonly string[];
  readonly onAct: (act: WorldAct) => void;
  /** Begins a run in which only this terminal is started. */
  readonly onStart: (terminal: string) => void;
  readonly onLinks: (links: readonly LinkSpec[]) => void;
  readonly onCut: (cut: ReadonlySet<string>) => void;
  /** `terminal` undefined: the program's own. */
  readonly onInput: (line: string | null, terminal?: string) => void;
  readonly onGoTo: (place: Place) => void;
}

export function WorldPanel(props: WorldPanelProps): ReactNode {
  const { world, machines, live, onAct } = props;
  const running = machines !== null;
  return (
    <div className={styles.world}>
      <div className={styles.hosts}>
        {world.hosts.map(({ name, address }, at) => {
          const dark = machines?.dark.has(name) === true;
          return (
            <section key={name} className={clsx(styles.host, dark && styles.dark)} aria-label={`Host ${name}`}>
              <header className={styles.bar}>
                <span className={styles.name}>{name}</span>
                <span className={styles.address}>{address}</span>
                {dark && <span className={styles.state}>no power</span>}
                {live && (
                  <span className={styles.buttons}>
                    <button
                      type="button"
                      className="hb-link-button"
                      disabled={!running}
                      onClick={() => onAct({ act: dark ? 'boot' : 'crash', host: name })}
                      aria-label={`${dark ? 'Boot' : 'Crash'} host ${name}`}
                    >
                      {dark ? 'Boot' : 'Crash'}
                    </button>
                  </span>
                )}
              </header>
              {at === 0 && props.main !== null && <MainCard {...props} command={props.main} />}
              {world.terminals
                .filter(({ host }) => host === name)
                .map((terminal) => (
                  <TerminalCard key={terminal.name} {...props} terminal={terminal} dark={dark} />
                ))}
            </section>
          );
        })}
      </div>
      {live && world.hosts.length > 1 && (
        <NetworkPanel
          hosts={world.hosts.map(({ name }) => name)}
          links={props.links}
          cut={props.cut}
          onLinks={props.onLinks}
          onCut={props.onCut}
        />
      )}
    </div>
  );
}

function TerminalCard(props: WorldPanelProps & { readonly terminal: TerminalSpec; readonly dark: boolean }): ReactNode {
  const { terminal, machines, dark, feeds, live, shown, onAct, onStart } = props;
  const { name, command } = terminal;
  const code = machines ? machines.terminals.get(name) : props.ended.get(name);
  const runs = machines !== null && code === null;
  const begun = code !== undefined;
  return (
    <section className={styles.terminal} aria-label={`Terminal ${name}`}>
      <header className={styles.bar}>
        {name !== terminal.host && <span className={styles.name}>{name}</span>}
        <code className={styles.command}>{command.join(' ')}</code>
        <span className={styles.state} role="status">
          {stateOf(machines !== null, code)}
        </span>
        {live && (
          <span className={styles.buttons}>
            <button
              type="button"
              className="hb-link-button"
              disabled={runs || dark}
              onClick={() => (machines ? onAct({ act: 'start', terminal: name }) : onStart(name))}
              aria-label={`Start ${name}`}
            >
              Start
            </button>
            <button
              type="button"
              className="hb-link-button"
              disabled={!runs}
              onClick={() => onAct({ act: 'kill', terminal: name })}
              aria-label={`Kill ${name}`}
            >
              Kill
            </button>
            <button
              type="button"
              className="hb-link-button"
              disabled={machines === null || !begun || dark}
              onClick={() => onAct({ act: 'restart', terminal: name })}
              aria-label={`Restart ${name}`}
            >
              Restart
            </button>
          </span>
        )}
      </header>
      {shown && (
        <Terminal
          feed={feeds.of(name)}
          label={`Terminal ${name}: output and standard input`}
          active={runs}
          awaitingInput={false}
          files={props.files}
          onInput={(line) => props.onInput(line, name)}
          onInterrupt={() => onAct({ act: 'kill', terminal: name })}
          onGoTo={props.onGoTo}
        />
      )}
    </section>
  );
}

/** The program's own terminal: it begins and ends with the run. */
function MainCard({
  command,
  machines,
  feeds,
  ended,
  shown,
  ...props
}: WorldPanelProps & { readonly command: string }) {
  return (
    <section className={styles.terminal} aria-label="Terminal main">
      <header className={styles.bar}>
        <span className={styles.name}>main</span>
        <code className={styles.command}>{command}</code>
        <span className={styles.state} role="status">
          {stateOf(machines !== null, machines ? null : ended.get('main'))}
        </span>
      </header>
      {shown && (
        <Terminal
          feed={feeds.own}
          label="Program output and standard input"
          active={machines !== null}
          awaitingInput={false}
          files={props.files}
          onInput={(line) => props.onInput(line)}
          onInterrupt={() => props.onAct({ act: 'end' })}
          onGoTo={props.onGoTo}
        />
      )}
    </section>
  );
}

/** `code` undefined: it was never started; null: it runs, or did when the run ended. */
export function stateOf(running: boolean, code: number | null | undefined): string {
  if (code === undefined) return 'not started';
  if (code === null) return running ? 'runs' : 'still ran at the end';
  return code > 128 ? `ended by signal ${code - 128}` : `exit code ${code}`;
}
