/** Drive: the reader is the scheduler. Shows where each thread stands; picks who goes on, and how far. */
import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { explainOutcome } from '../../grader/explain.ts';
import { callThread, formatMove, formatMoves } from '../../grader/moves.ts';
import { type ThreadNow, threadsNow, variablesNow } from '../../grader/threads-now.ts';
import type { Place, RunRecord, TaskId } from '../../kernel/types.ts';
import { taskName } from '../../trace/names.ts';
import type { DriveState, Move, Program, RunOptions } from '../../worker/protocol.ts';
import { CopyButton } from '../copy-button.tsx';
import { CopyLink } from '../copy-link.tsx';
import type { LineMark } from '../line-marks.ts';
import { colourVariable } from '../timeline/thread-colours.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { movesOf } from './drive-log.ts';
import styles from './drive-panel.module.css';
import { announceMove, outputOf } from './drive-words.ts';
import { useDrive } from './use-drive.ts';

export interface DrivePanelProps {
  readonly program: Program;
  readonly options: RunOptions;
  readonly initial: readonly Move[];
  /** True: the program in the editor is no longer the one that is driven. */
  readonly outdated: boolean;
  /** Where the editor's cursor is. */
  readonly cursor: Place | null;
  readonly onMoves: (moves: readonly Move[]) => void;
  readonly onGoTo: (place: Place) => void;
  /** Called with the lines at which the threads are, each time they have moved. */
  readonly onMarks: (marks: readonly LineMark[]) => void;
  /** Drives what is in the editor now. */
  readonly onRenew: () => void;
  readonly onClose: () => void;
}

type How = Move['until']['kind'];

export function DrivePanel(props: DrivePanelProps): ReactNode {
  const { program, cursor } = props;
  const drive = useDrive(program, props.options, props.initial, props.onMoves);
  const [picked, setPicked] = useState<TaskId>(1);
  const [how, setHow] = useState<How>('next-line');
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);

  const state = drive.shown?.state ?? null;
  const threads = useMemo(() => (state ? threadsNow(state, program) : []), [state, program]);
  const { onMarks } = props;
  useEffect(() => onMarks(marksOf(threads)), [onMarks, threads]);
  /** A key was pressed in here: should its thread's row go away, the next key must still be heard. */
  const keyed = useRef(false);
  useEffect(() => {
    if (threads.length > 0 && keyed.current && document.activeElement === document.body) panel.current?.focus();
    keyed.current = false;
  }, [threads]);
  const choices = state?.choices ?? [];
  // Where there is no choice, none need be made.
  const [only] = choices;
  const selected = choices.length === 1 && only ? only.task : picked;
  const ready = choices.some(({ task }) => task === selected);
  const trace = state?.record.trace;
  const tasks = trace?.tasks.map(({ id }) => ({ id, name: taskName(id, trace) })) ?? [];
  const several = Object.keys(program.files).filter((name) => name.endsWith('.py')).length > 1;

  const move = (kind: How) => {
    const task = tasks.find(({ id }) => id === selected) ?? { id: selected, name: '' };
    const until = untilOf(kind, cursor, several);
    if (!ready || !until) return;
    setHow(kind);
    setPicked(selected);
    drive.move({ thread: callThread(task, tasks), until });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The timeline steps by arrows, too.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    // A button that says what it does keeps its Enter; a thread's is the panel's.
    const control = event.target instanceof Element ? event.target.closest('button, summary') : null;
    const ownButton = control !== null && !control.hasAttribute('data-thread');
    const key = event.key;
    if (/^[1-9]$/.test(key)) {
      if (threads.some(({ task }) => task === Number(key))) setPicked(Number(key));
      // With the focus there, Enter moves this thread, and a screen reader says which it is.
      panel.current?.querySelector<HTMLElement>(`[data-thread="${key}"]`)?.focus();
    } else if (key === 'ArrowRight' || (key === 'Enter' && !ownButton)) move(how);
    else if (key === 'Backspace' || key === 'u') drive.undo();
    else if (key === 'r') drive.redo();
    else return;
    keyed.current = true;
    event.preventDefault();
  };

  return (
    <section ref={panel} className={styles.panel} tabIndex={-1} aria-label="Drive" onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <h3 className={styles.title}>You are the scheduler</h3>
        <button type="button" className="hb-link-button" onClick={props.onClose}>
          Close
        </button>
      </div>
      {props.outdated && (
        <p className={styles.note}>
          What is in the editor has changed since.{' '}
          <button type="button" className="hb-link-button" onClick={props.onRenew}>
            Drive it as it is now
          </button>
        </p>
      )}
      {state && (
        <>
          <ThreadList threads={threads} selected={selected} onSelect={setPicked} onGoTo={props.onGoTo} />
          <div className={styles.moves}>
            <MoveButton kind="step" how={how} disabled={!ready} onMove={move}>
              One step
            </MoveButton>
            <MoveButton kind="next-line" how={how} disabled={!ready} onMove={move}>
              To its next line
            </MoveButton>
            <MoveButton kind="wait" how={how} disabled={!ready} onMove={move}>
              Until it waits
            </MoveButton>
            <MoveButton kind="line" how={how} disabled={!ready || cursor === null} onMove={move}>
              {cursor === null ? 'To the cursor' : `To line ${cursor.line}`}
            </MoveButton>
          </div>
        </>
      )}
      <div className={styles.history}>
        <HistoryButton disabled={drive.log.steps.length === 0} onPress={drive.undo}>
          Undo
        </HistoryButton>
        <HistoryButton disabled={drive.log.undone.length === 0} onPress={drive.redo}>
          Redo
        </HistoryButton>
        <HistoryButton disabled={drive.log.steps.length === 0} onPress={drive.restart}>
          Restart
        </HistoryButton>
        <HistoryButton disabled={choices.length === 0} onPress={() => drive.move('finish')}>
          Let it finish
        </HistoryButton>
        <button
          type="button"
          className={clsx('hb-link-button', styles.stop)}
          disabled={!drive.busy}
          onClick={drive.stop}
        >
          Stop
        </button>
      </div>
      {drive.problem !== null && (
        <p className={styles.problem} role="alert">
          {drive.problem}
        </p>
      )}
      {state === null && drive.problem === null && <p className={styles.note}>Getting ready …</p>}
      {state && <Standing state={state} program={program} moves={drive.shown ? movesOf(drive.shown.log) : []} />}
      <Announcement state={state} threads={threads} moves={drive.shown ? movesOf(drive.shown.log) : []} />
      <p className={styles.keys}>
        <kbd>1</kbd> … <kbd>9</kbd> pick a thread, <kbd>Enter</kbd> or <kbd>→</kbd> moves it as before,{' '}
        <kbd>Backspace</kbd> or <kbd>u</kbd> undoes, <kbd>r</kbd> does it again.
      </p>
    </section>
  );
}

function marksOf(threads: readonly ThreadNow[]): LineMark[] {
  return threads.flatMap(({ task, name, state, at: place }) =>
    place ? [{ place, task, name, runs: state === 'ready' }] : [],
  );
}

function untilOf(kind: How, cursor: Place | null, several: boolean): Move['until'] | null {
  if (kind === 'step') return { kind, count: 1 };
  if (kind !== 'line') return { kind };
  return cursor && { kind, line: cursor.line, ...(several && { file: cursor.file }) };
}

interface MoveButtonProps {
  readonly kind: How;
  /** The move that Enter makes. */
  readonly how: How;
  readonly disabled: boolean;
  readonly onMove: (kind: How) => void;
  readonly children: ReactNode;
}

function MoveButton({ kind, how, disabled, onMove, children }: MoveButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={clsx('hb-button', kind !== how && 'hb-quiet')}
      // Not `disabled`: the focus must stay where it is while a thread cannot go on.
      aria-disabled={disabled}
      onClick={() => onMove(kind)}
    >
      {children}
    </button>
  );
}

interface HistoryButtonProps {
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function HistoryButton({ disabled, onPress, children }: HistoryButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="hb-link-button"
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      {children}
    </button>
  );
}

interface ThreadListProps {
  readonly threads: readonly ThreadNow[];
  readonly selected: TaskId;
  readonly onSelect: (task: TaskId) => void;
  readonly onGoTo: (place: Place) => void;
}

function ThreadList({ threads, selected, onSelect, onGoTo }: ThreadListProps): ReactNode {
  return (
    <ul className={styles.threads} aria-label="Threads">
      {threads.map(({ task, name, state, at, what }) => (
        <li key={task} className={clsx(styles.thread, task === selected && styles.selected)}>
          <button
            type="button"
            data-thread={task}
            className={styles.pick}
            style={{ borderLeftColor: colourVariable(task) }}
            aria-pressed={task === selected}
            onClick={() => onSelect(task)}
          >
            <span className={styles.number}>{task}</span>
            <span className={styles.name}>{name}</span>
            <span className={clsx(styles.state, styles[state])}>{STATES[state]}</span>
          </button>
          <span className={styles.where}>
            {at && (
              <button type="button" className="hb-link-button" onClick={() => onGoTo(at)}>
                {at.file}:{at.line}
              </button>
            )}{' '}
            {state === 'ready' && at ? <code>{what}</code> : state !== 'ended' && what}
          </span>
        </li>
      ))}
    </ul>
  );
}

const STATES: Readonly<Record<ThreadNow['state'], string>> = { ready: 'can go on', waiting: 'waits', ended: 'ended' };

interface StandingProps {
  readonly state: DriveState;
  readonly program: Program;
  readonly moves: readonly Move[];
}

/** What the program has printed, what its variables hold, and the moves that led here. */
function Standing({ state: { record }, program, moves }: StandingProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [looked, setLooked] = useState<{ readonly record: RunRecord; readonly step: number } | null>(null);
  const output = outputOf(record);
  const variables = variablesNow(record.trace);
  return (
    <>
      {record.outcome.kind !== 'paused' && <p className={styles.outcome}>{explainOutcome(record)}</p>}
      {variables.length > 0 && (
        <dl className={styles.variables} aria-label="Shared variables">
          {variables.map(({ variable, value }) => (
            <div key={variable.id}>
              <dt>{variable.name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {output !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        <section className={styles.output} tabIndex={0} aria-label="Output so far">
          <pre>{output}</pre>
        </section>
      )}
      <details className={styles.made} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Timeline so far</summary>
        {open && (
          <Timeline
            record={record}
            // A new move is looked at from its end.
            step={looked?.record === record ? looked.step : Number.POSITIVE_INFINITY}
            onStep={(step) => setLooked({ record, step })}
          />
        )}
      </details>
      {moves.length > 0 && (
        <details className={styles.made}>
          <summary>{moves.length === 1 ? '1 move' : `${moves.length} moves`}</summary>
          <ol>
            {moves.map((move, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a move is its place in the list
              <li key={index}>{formatMove(move)}</li>
            ))}
          </ol>
        </details>
      )}
      <p className={styles.copy}>
        {moves.length > 0 && (
          <span>
            Moves <CopyButton text={formatMoves(moves)} what="the moves" />
          </span>
        )}
        <CopyLink program={program} schedule={record.schedule} interactive={false} acts={[]} />
      </p>
    </>
  );
}

interface AnnouncementProps {
  readonly state: DriveState | null;
  readonly threads: readonly ThreadNow[];
  readonly moves: readonly Move[];
}

/** For readers who listen. */
function Announcement({ state, threads, moves }: AnnouncementProps): ReactNode {
  const before = useRef('');
  const text = useMemo(() => {
    if (!state) return '';
    const last = moves.at(-1)?.thread;
    const moved = threads.find(({ task, name }) => (typeof last === 'number' ? task === last : name === last));
    return announceMove(state.record, threads, moved?.task ?? null, before.current);
  }, [state, threads, moves]);
  useEffect(() => {
    before.current = state ? outputOf(state.record) : '';
  }, [state]);
  return (
    <p className="hb-visually-hidden" role="status">
      {text}
    </p>
  );
}
