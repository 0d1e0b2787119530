/** The output terminal: xterm.js fed in batches, a line editor for `input()`, and tracebacks that lead to the editor. */
import { useColorMode } from '@docusaurus/theme-common';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Place } from '../kernel/types.ts';
import { PALETTE } from './palette.ts';
import styles from './terminal.module.css';
import type { TerminalFeed } from './terminal-feed.ts';
import type { TerminalSession } from './xterm.ts';

export interface TerminalProps {
  readonly feed: TerminalFeed;
  /** What a screen reader calls it. */
  readonly label: string;
  /** True while a program runs: then keys are its standard input. */
  readonly active: boolean;
  /** True when the program waits for a line: the terminal takes the focus. */
  readonly awaitingInput: boolean;
  /** Names of the files that traceback lines may lead to. */
  readonly files: readonly string[];
  readonly onInput: (line: string | null) => void;
  readonly onInterrupt: () => void;
  readonly onGoTo: (place: Place) => void;
}

export function Terminal(props: TerminalProps): ReactNode {
  const { feed, awaitingInput } = props;
  const { colorMode } = useColorMode();
  const host = useRef<HTMLDivElement>(null);
  const session = useRef<TerminalSession | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const colours = useRef(PALETTE[colorMode]);
  colours.current = PALETTE[colorMode];

  useEffect(() => {
    let gone = false;
    import('./xterm.ts').then(
      ({ openTerminal }) => {
        if (gone || host.current === null) return;
        session.current = openTerminal(host.current, feed, latest, colours.current);
        if (latest.current.awaitingInput) session.current.focus();
      },
      () => {
        if (host.current)
          host.current.textContent = 'The terminal could not be loaded. Check the connection and reload the page.';
      },
    );
    return () => {
      gone = true;
      session.current?.dispose();
      session.current = null;
    };
  }, [feed]);

  useEffect(() => session.current?.setColours(PALETTE[colorMode]), [colorMode]);
  useEffect(() => {
    if (awaitingInput) session.current?.focus();
  }, [awaitingInput]);

  return (
    <div className={styles.terminal}>
      <div ref={host} className={styles.host} />
      {awaitingInput && (
        <p className={styles.waiting}>
          The program waits for input: type a line and press Enter (Ctrl+D ends the input).
        </p>
      )}
    </div>
  );
}
