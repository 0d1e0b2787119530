/** The row under an editor: Run or Stop, Grade, Reset, and how the next Run will be; and the keys that do the same. */
import { type ReactNode, useId } from 'react';
import { RunSettings } from './run-settings.tsx';
import type { Settings } from './settings.ts';
import styles from './toolbar.module.css';

export interface ToolbarProps {
  readonly busy: boolean;
  /** What the button that runs is called. */
  readonly runs: 'Run' | 'Run all';
  readonly edited: boolean;
  /** True if the last reset can be taken back. */
  readonly undoable: boolean;
  /** With it, arguments and switch model can be chosen. */
  readonly playground: boolean;
  readonly args: string;
  readonly settings: Settings;
  readonly onRun: () => void;
  readonly onStop: () => void;
  /** Absent where there is nothing to grade. */
  readonly onGrade: (() => void) | undefined;
  /** Whether Grade may be pressed, and what is said about it, where a teacher has a say in that. */
  readonly grades?: { readonly closed: boolean; readonly note: string } | undefined;
  /** Absent where several machines run. */
  readonly onDrive: (() => void) | undefined;
  /** Present where there is a run to show. */
  readonly onReplay: (() => void) | undefined;
  readonly onReset: () => void;
  readonly onUndo: () => void;
  readonly onArgs: (args: string) => void;
  readonly onSettings: (settings: Settings) => void;
}

export function Toolbar(props: ToolbarProps): ReactNode {
  const { busy, onGrade, grades } = props;
  const note = useId();
  return (
    <div className={styles.toolbar}>
      <div className={styles.buttons}>
        {busy ? (
          <button type="button" className="hb-button hb-stop" onClick={props.onStop}>
            Stop
          </button>
        ) : (
          <>
            {props.onReplay && (
              <button type="button" className="hb-button" onClick={props.onReplay}>
                Replay
              </button>
            )}
            <button
              type="button"
              className={props.onReplay ? 'hb-button hb-quiet' : 'hb-button'}
              onClick={props.onRun}
              aria-keyshortcuts="Control+Enter"
            >
              {props.runs}
            </button>
          </>
        )}
        {onGrade && (
          <button
            type="button"
            className="hb-button hb-quiet"
            disabled={busy || grades?.closed}
            onClick={onGrade}
            aria-keyshortcuts="Control+Shift+Enter"
            aria-describedby={grades && note}
          >
            Grade
          </button>
        )}
        {grades && (
          <span id={note} className={styles.note}>
            {grades.note}
          </span>
        )}
        {props.onDrive && (
          <button type="button" className="hb-button hb-quiet" disabled={busy} onClick={props.onDrive}>
            Drive
          </button>
        )}
        {props.undoable ? (
          <button type="button" className="hb-link-button" onClick={props.onUndo}>
            Undo reset
          </button>
        ) : (
          <button type="button" className="hb-link-button" disabled={!props.edited} onClick={props.onReset}>
            Reset
          </button>
        )}
      </div>
      {props.playground && (
        <input
          className={styles.args}
          value={props.args}
          placeholder="arguments"
          aria-label="Command-line arguments"
          spellCheck={false}
          onChange={(event) => props.onArgs(event.target.value)}
        />
      )}
      <RunSettings
        settings={props.settings}
        chooseModel={props.playground}
        cores={props.runs === 'Run'}
        onChange={props.onSettings}
      />
    </div>
  );
}

export function KeyHelp({ gradable }: { readonly gradable: boolean }): ReactNode {
  return (
    <p className={styles.keys}>
      <kbd>Ctrl</kbd> or <kbd>⌘</kbd> with <kbd>Enter</kbd> runs
      {gradable && (
        <>
          , with <kbd>Shift</kbd> <kbd>Enter</kbd> grades
        </>
      )}
      ; <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor.
    </p>
  );
}
