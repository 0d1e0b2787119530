/** Monaco with Python, the features an editor of forty lines needs, and our colours; loaded only by code-editor.tsx. */
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/readOnlyMessage/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/tokenization/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/python/register';
import * as monaco from 'monaco-editor/editor/editor.api';
import { type Mode, PALETTE } from './palette.ts';

for (const mode of ['light', 'dark'] as const) {
  const colours = PALETTE[mode];
  const rule = (token: string, colour: string, fontStyle = '') => ({ token, foreground: colour.slice(1), fontStyle });
  monaco.editor.defineTheme(themeName(mode), {
    base: mode === 'light' ? 'vs' : 'vs-dark',
    inherit: true,
    rules: [
      rule('', colours.foreground),
      rule('keyword', colours.keyword),
      rule('string', colours.string),
      rule('string.escape', colours.string),
      rule('number', colours.number),
      rule('comment', colours.comment, 'italic'),
      rule('tag', colours.name),
      rule('type', colours.name),
    ],
    colors: {
      'editor.background': colours.background,
      'editor.foreground': colours.foreground,
      'editorLineNumber.foreground': colours.lineNumber,
      'editorLineNumber.activeForeground': colours.foreground,
      'editor.lineHighlightBackground': colours.activeLine,
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': colours.selection,
      'editorCursor.foreground': colours.cursor,
      focusBorder: '#00000000',
      'scrollbarSlider.background': `${colours.lineNumber}55`,
      'scrollbarSlider.hoverBackground': `${colours.lineNumber}88`,
      'scrollbarSlider.activeBackground': `${colours.lineNumber}aa`,
      // Brackets in one colour: six would say nothing in forty lines.
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, colours.foreground]),
      ),
    },
  });
}

export function themeName(mode: Mode): string {
  return `happens-before-${mode}`;
}

export { monaco };
