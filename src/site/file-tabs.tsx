/** The tabs over an editor, by the ARIA tabs pattern; in the playground files are added, renamed and removed here too. */
import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { EditorFile } from './code-editor.tsx';
import styles from './file-tabs.module.css';

/** Each change answers what is wrong with it, or null. */
export interface FileActions {
  add(name: string): string | null;
  rename(from: string, to: string): string | null;
  remove(name: string): void;
}

export interface FileTabsProps {
  readonly files: readonly EditorFile[];
  readonly active: string;
  /** Id of the panel that the tabs control. */
  readonly panel: string;
  readonly onSelect: (name: string) => void;
  readonly actions?: FileActions | undefined;
}

export function FileTabs({ files, active, panel, onSelect, actions }: FileTabsProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = files.findIndex((file) => file.name === active);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? files.length - 1 : step === undefined ? null : at + step;
    if (to === null) return;
    event.preventDefault();
    const index = (to + files.length) % files.length;
    const file = files[index];
    if (file) onSelect(file.name);
    (list.current?.children[index] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className={styles.row}>
      <div ref={list} className={styles.tabs} role="tablist" aria-label="Files" onKeyDown={onKeyDown}>
        {files.map(({ name, readOnly }) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === active}
            aria-controls={panel}
            tabIndex={name === active ? 0 : -1}
            className={clsx(styles.tab, name === active && styles.active)}
            onClick={() => onSelect(name)}
          >
            {name}
            {readOnly && <span className={styles.given}>given</span>}
          </button>
        ))}
      </div>
      {actions && (
        <FileMenu key={active} active={active} single={files.length === 1} actions={actions} onSelect={onSelect} />
      )}
    </div>
  );
}

interface FileMenuProps {
  readonly active: string;
  readonly single: boolean;
  readonly actions: FileActions;
  readonly onSelect: (name: string) => void;
}

function FileMenu({ active, single, actions, onSelect }: FileMenuProps): ReactNode {
  const [asking, setAsking] = useState<'add' | 'rename' | null>(null);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const ask = (what: 'add' | 'rename') => {
    setAsking(what);
    setName(what === 'add' ? '' : active);
    setProblem(null);
  };
  const confirm = () => {
    const wrong = asking === 'add' ? actions.add(name.trim()) : actions.rename(active, name.trim());
    setProblem(wrong);
    if (wrong !== null) return;
    setAsking(null);
    onSelect(name.trim());
  };

  if (asking === null)
    return (
      <div className={styles.menu}>
        <button type="button" className="hb-link-button" onClick={() => ask('add')}>
          New file
        </button>
        <button type="button" className="hb-link-button" onClick={() => ask('rename')}>
          Rename
        </button>
        <button type="button" className="hb-link-button" disabled={single} onClick={() => actions.remove(active)}>
          Delete
        </button>
      </div>
    );
  return (
    <form
      className={styles.menu}
      onSubmit={(event) => {
        event.preventDefault();
        confirm();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAsking(null);
      }}
    >
      <input
        className={styles.name}
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked for this field
        autoFocus
        value={name}
        placeholder="name.py"
        aria-label={asking === 'add' ? 'Name of the new file' : `New name of ${active}`}
        aria-invalid={problem !== null}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="hb-link-button">
        {asking === 'add' ? 'Create' : 'Rename'}
      </button>
      <button type="button" className="hb-link-button" onClick={() => setAsking(null)}>
        Cancel
      </button>
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
