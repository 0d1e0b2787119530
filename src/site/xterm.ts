/** xterm.js behind a small face: batched writes, growing height, links, keys; loaded only by terminal.tsx. */
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { type IBufferLine, type ILink, type ITheme, Terminal } from '@xterm/xterm';
import { LineEditor } from './line-editor.ts';
import type { CodeColours } from './palette.ts';
import type { TerminalProps } from './terminal.tsx';
import { CLEAR, type TerminalFeed } from './terminal-feed.ts';
import { findPlaces } from './traceback-links.ts';

export interface TerminalSession {
  focus(): void;
  setColours(colours: CodeColours): void;
  dispose(): void;
}

const MIN_ROWS = 8;
const MAX_ROWS = 18;
/** Characters handed to xterm at once: parsed within a frame, so the page stays responsive in a flood. */
const BATCH = 1 << 16;

/** `latest` always holds the newest props: xterm's listeners are attached only once. */
export function openTerminal(
  host: HTMLElement,
  feed: TerminalFeed,
  latest: { readonly current: TerminalProps },
  colours: CodeColours,
): TerminalSession {
  const terminal = new Terminal({
    rows: MIN_ROWS,
    cols: 80,
    convertEol: true,
    scrollback: 5000,
    fontSize: 13,
    lineHeight: 1.2,
    fontFamily: getComputedStyle(host).getPropertyValue('--ifm-font-family-monospace') || 'monospace',
    theme: themeOf(colours),
    minimumContrastRatio: 4.5,
    cursorInactiveStyle: 'none',
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const fit = new FitAddon();
  const editor = new LineEditor();
  terminal.loadAddon(fit);
  terminal.open(host);
  terminal.textarea?.setAttribute('aria-label', latest.current.label);

  const resize = () => {
    const cols = fit.proposeDimensions()?.cols;
    const { baseY, cursorY } = terminal.buffer.active;
    const rows = Math.min(MAX_ROWS, Math.max(terminal.rows, baseY + cursorY + 1));
    if (cols !== undefined && cols > 0 && (cols !== terminal.cols || rows !== terminal.rows))
      terminal.resize(cols, rows);
  };
  const observer = new ResizeObserver(resize);
  observer.observe(host);
  resize();

  let writing = false;
  let frame = 0;
  const pump = () => {
    frame = 0;
    if (writing || !feed.waiting) return;
    writing = true;
    const text = feed.take(BATCH);
    if (text.startsWith(CLEAR)) {
      editor.clear();
      terminal.resize(terminal.cols, MIN_ROWS);
    }
    terminal.write(text, () => {
      writing = false;
      resize();
      schedule();
    });
  };
  const schedule = () => {
    if (frame === 0 && feed.waiting) frame = requestAnimationFrame(pump);
  };
  // What comes after a silence is shown at once; only a burst waits for the next frame.
  const detach = feed.attach(() => {
    if (frame === 0) pump();
  });

  terminal.onData((data) => {
    if (!latest.current.active) return;
    const { echo, lines, interrupt } = editor.feed(data);
    terminal.write(echo);
    for (const line of lines) latest.current.onInput(line);
    if (interrupt) latest.current.onInterrupt();
  });
  terminal.attachCustomKeyEventHandler((event) => {
    // Tab leaves the terminal, Ctrl-C copies while something is selected, and nothing typed goes to a dead program.
    if (event.key === 'Tab') return false;
    if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && terminal.hasSelection()) return false;
    return latest.current.active || event.ctrlKey || event.metaKey;
  });
  terminal.registerLinkProvider({
    provideLinks: (row, answer) => answer(linksOn(terminal, row - 1, latest)),
  });

  return {
    focus: () => terminal.focus(),
    setColours(next) {
      terminal.options.theme = themeOf(next);
    },
    dispose() {
      cancelAnimationFrame(frame);
      detach();
      observer.disconnect();
      terminal.dispose();
    },
  };
}

/** The links that touch one row; a traceback line may be wrapped over several rows in a narrow terminal. */
function linksOn(terminal: Terminal, row: number, latest: { readonly current: TerminalProps }): ILink[] {
  const buffer = terminal.buffer.active;
  let first = row;
  while (first > 0 && buffer.getLine(first)?.isWrapped) first -= 1;
  let text = '';
  for (let at = first; ; at += 1) {
    const line: IBufferLine | undefined = buffer.getLine(at);
    if (line === undefined || (at > first && !line.isWrapped)) break;
    text += line.translateToString(false, 0, terminal.cols);
  }
  const cell = (index: number) => ({
    x: (index % terminal.cols) + 1,
    y: first + Math.floor(index / terminal.cols) + 1,
  });
  return findPlaces(text, latest.current.files).map(({ start, end, file, line }) => ({
    text: `${file}:${line}`,
    range: { start: cell(start), end: cell(end - 1) },
    decorations: { underline: true, pointerCursor: true },
    activate: () => latest.current.onGoTo({ file, line }),
  }));
}

const PLAIN = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const ANSI = [...PLAIN, ...PLAIN.map((name) => `bright${name.charAt(0).toUpperCase()}${name.slice(1)}`)];

function themeOf(colours: CodeColours): ITheme {
  return {
    background: colours.terminal,
    foreground: colours.foreground,
    cursor: colours.cursor,
    selectionBackground: colours.selection,
    ...Object.fromEntries(ANSI.map((name, index) => [name, colours.ansi[index]])),
  };
}
