/** A Monaco editor over several files; plain text until it comes into view, and for readers without JavaScript. */
import { useColorMode } from '@docusaurus/theme-common';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Place } from '../kernel/types.ts';
import styles from './code-editor.module.css';
import { type EditorSession, LINE_HEIGHT, openSession, PADDING } from './editor-session.ts';
import type { LineMark } from './line-marks.ts';
import { useInView } from './use-in-view.ts';

export interface EditorFile {
  readonly name: string;
  readonly text: string;
  readonly readOnly: boolean;
}

export interface CodeEditorProps {
  readonly files: readonly EditorFile[];
  /** Name of the file shown. */
  readonly active: string;
  /** Where the cursor must go; a new object each time it must go there. */
  readonly goTo: Place | null;
  readonly onEdit: (name: string, text: string) => void;
  readonly onRun: () => void;
  readonly onGrade?: (() => void) | undefined;
  /** Threads at their lines, if a run is being looked at. */
  readonly marks?: readonly LineMark[] | undefined;
  /** Called when the cursor has come to another line. */
  readonly onCursor?: ((place: Place) => void) | undefined;
  /** Called once, when the editor first comes into view. */
  readonly onVisible: () => void;
}

const NO_MARKS: readonly LineMark[] = [];

export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { files, active, goTo, marks = NO_MARKS } = props;
  const { colorMode } = useColorMode();
  const [host, visible] = useInView<HTMLDivElement>();
  const [session, setSession] = useState<EditorSession | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!visible) return;
    latest.current.onVisible();
    let live: EditorSession | null = null;
    let gone = false;
    import('./monaco.ts').then(
      (monaco) => {
        if (gone || host.current === null) return;
        live = openSession(monaco, host.current, latest);
        setSession(live);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      live?.dispose();
      setSession(null);
    };
  }, [visible, host]);

  useEffect(() => session?.setTheme(colorMode), [session, colorMode]);
  useEffect(() => session?.show(files, active), [session, files, active]);
  useEffect(() => session?.mark(marks), [session, marks]);
  useEffect(() => {
    if (goTo !== null) session?.reveal(goTo.line);
  }, [session, goTo]);

  const text = files.find((file) => file.name === active)?.text ?? '';
  const lines = Math.min(26, Math.max(5, text.split('\n').length));
  return (
    <div className={styles.frame} style={{ height: lines * LINE_HEIGHT + 2 * PADDING }}>
      {session === null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        <section className={styles.plain} tabIndex={0} aria-label={`Code of ${active}`}>
          <pre>{text}</pre>
        </section>
      )}
      {failed && (
        <p className={styles.failed}>The editor could not be loaded. Check the connection and reload the page.</p>
      )}
      <div ref={host} className={styles.host} />
    </div>
  );
}
