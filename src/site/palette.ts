/** The colours of code and terminal, in light and dark: Monaco, xterm.js and Prism all take them from here. */

export type Mode = 'light' | 'dark';

export interface CodeColours {
  readonly background: string;
  readonly foreground: string;
  readonly keyword: string;
  readonly string: string;
  readonly number: string;
  readonly comment: string;
  readonly name: string;
  readonly lineNumber: string;
  readonly activeLine: string;
  readonly selection: string;
  readonly cursor: string;
  /** The terminal's sixteen ANSI colours, black to bright white. */
  readonly terminal: string;
  readonly ansi: readonly string[];
}

/** Every text colour keeps a contrast of 4.5 or more on its background: palette.test.ts checks it. */
export const PALETTE: Readonly<Record<Mode, CodeColours>> = {
  light: {
    background: '#fffdf8',
    foreground: '#1f2733',
    keyword: '#9a3412',
    string: '#0b6455',
    number: '#6d28d9',
    comment: '#666b73',
    name: '#1d4ea8',
    lineNumber: '#74777d',
    activeLine: '#f5f0e4',
    selection: '#cfe3df',
    cursor: '#9a3412',
    terminal: '#f6f2e9',
    ansi: [
      ...['#1f2733', '#b3261e', '#2c6415', '#7a5200', '#1d4ea8', '#86278a', '#0a6169', '#5b6069'],
      ...['#565b64', '#c0271e', '#33691b', '#805600', '#2459bd', '#942d98', '#0c666e', '#1f2733'],
    ],
  },
  dark: {
    background: '#191d24',
    foreground: '#e4e1d8',
    keyword: '#f2a272',
    string: '#7fd1be',
    number: '#c8b0f7',
    comment: '#949ca8',
    name: '#93bbf7',
    lineNumber: '#858d99',
    activeLine: '#20252e',
    selection: '#2d4a50',
    cursor: '#f2a272',
    terminal: '#11141a',
    ansi: [
      ...['#8b93a0', '#ff8a80', '#9ccc7a', '#e5bd66', '#8fb8f6', '#d79be0', '#6fcfd0', '#d5d2c9'],
      ...['#99a1ae', '#ffa199', '#b2dc93', '#f0cf85', '#a9c9fa', '#e4b4eb', '#8fdede', '#f4f1e8'],
    ],
  },
};
