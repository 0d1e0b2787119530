/** One Monaco editor with a model for each file: options, keys, and the way in from React; imports no Monaco code itself. */
import type { editor as MonacoEditor } from 'monaco-editor/editor/editor.api';
import type { CodeEditorProps, EditorFile } from './code-editor.tsx';
import { type LineMark, markedLines } from './line-marks.ts';

export const LINE_HEIGHT = 21;
export const PADDING = 10;

type Monaco = typeof import('./monaco.ts');

export interface EditorSession {
  setTheme(mode: 'light' | 'dark'): void;
  show(files: readonly EditorFile[], active: string): void;
  reveal(line: number): void;
  mark(marks: readonly LineMark[]): void;
  dispose(): void;
}

let sessions = 0;

/** `latest` always holds the newest props: Monaco's listeners are attached only once. */
export function openSession(
  { monaco, themeName }: Monaco,
  host: HTMLElement,
  latest: { readonly current: CodeEditorProps },
): EditorSession {
  sessions += 1;
  const number = sessions;
  const models = new Map<string, MonacoEditor.ITextModel>();
  const viewStates = new Map<string, MonacoEditor.ICodeEditorViewState | null>();
  let shown: string | null = null;
  const editor = monaco.editor.create(host, {
    model: null,
    automaticLayout: true,
    minimap: { enabled: false },
    fontSize: 14,
    lineHeight: LINE_HEIGHT,
    fontFamily: getComputedStyle(host).getPropertyValue('--ifm-font-family-monospace') || 'monospace',
    padding: { top: PADDING, bottom: PADDING },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    renderFinalNewline: 'off',
    folding: false,
    guides: { indentation: false },
    glyphMargin: false,
    contextmenu: false,
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: true,
    occurrencesHighlight: 'singleFile',
    // The page itself must scroll when the editor is at its end: otherwise it is a trap for the wheel.
    scrollbar: {
      alwaysConsumeMouseWheel: false,
      verticalScrollbarSize: 8,
      horizontalScrollbarSize: 8,
      ignoreHorizontalScrollbarInContentHeight: true,
    },
    // These two would ask for a web worker of Monaco's own; forty lines need neither.
    wordBasedSuggestions: 'off',
    links: false,
    tabSize: 4,
    insertSpaces: true,
    detectIndentation: false,
    cursorBlinking: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'solid' : 'blink',
    smoothScrolling: false,
  });

  const { CtrlCmd, Shift } = monaco.KeyMod;
  const { Enter, Escape, Tab, Shift: ShiftKey } = monaco.KeyCode;
  editor.addAction({ id: 'hb.run', label: 'Run', keybindings: [CtrlCmd | Enter], run: () => latest.current.onRun() });
  editor.addAction({
    id: 'hb.grade',
    label: 'Grade',
    keybindings: [CtrlCmd | Shift | Enter],
    run: () => latest.current.onGrade?.(),
  });
  // Tab indents; after Escape it moves the focus on instead, until something is typed or the focus has gone.
  editor.onKeyDown((event) => {
    if (event.keyCode === Escape) editor.updateOptions({ tabFocusMode: true });
    else if (event.keyCode !== Tab && event.keyCode !== ShiftKey) editor.updateOptions({ tabFocusMode: false });
  });
  let cursor = '';
  editor.onDidChangeCursorPosition(({ position: { lineNumber: line } }) => {
    if (shown === null || cursor === `${shown}:${line}`) return;
    cursor = `${shown}:${line}`;
    latest.current.onCursor?.({ file: shown, line });
  });
  editor.onDidBlurEditorWidget(() => editor.updateOptions({ tabFocusMode: false }));

  const marked = editor.createDecorationsCollection();
  let marks: readonly LineMark[] = [];
  function showMarks(): void {
    const model = editor.getModel();
    if (!model || shown === null) return;
    const inside = markedLines(marks, shown).filter(({ line }) => line <= model.getLineCount());
    marked.set(
      inside.map(({ line, colour, runs, text }) => {
        const end = model.getLineMaxColumn(line);
        return {
          range: new monaco.Range(line, end, line, end),
          options: {
            isWholeLine: true,
            className: runs ? `hb-line--${colour}` : null,
            linesDecorationsClassName: `hb-edge--${colour}${runs ? '' : ' hb-edge--waits'}`,
            after: { content: `  ${text}`, inlineClassName: 'hb-line-name' },
            showIfCollapsed: true,
          },
        };
      }),
    );
  }

  function modelOf(file: EditorFile): MonacoEditor.ITextModel {
    const known = models.get(file.name);
    if (known) {
      // A reset, or another tab's edit: as one edit, so that Ctrl-Z takes it back.
      if (known.getValue() !== file.text)
        known.pushEditOperations([], [{ range: known.getFullModelRange(), text: file.text }], () => null);
      return known;
    }
    const uri = monaco.Uri.parse(`inmemory://happens-before/${number}/${encodeURIComponent(file.name)}`);
    const model = monaco.editor.createModel(file.text, file.name.endsWith('.py') ? 'python' : 'plaintext', uri);
    model.onDidChangeContent(() => latest.current.onEdit(file.name, model.getValue()));
    models.set(file.name, model);
    return model;
  }

  return {
    setTheme: (mode) => monaco.editor.setTheme(themeName(mode)),
    show(files, active) {
      for (const [name, model] of models) {
        if (files.some((file) => file.name === name)) continue;
        if (shown === name) editor.setModel(null);
        models.delete(name);
        model.dispose();
      }
      for (const file of files) {
        const model = modelOf(file);
        if (file.name !== active || shown === active) continue;
        if (shown !== null) viewStates.set(shown, editor.saveViewState());
        editor.setModel(model);
        editor.restoreViewState(viewStates.get(active) ?? null);
        editor.updateOptions({
          readOnly: file.readOnly,
          readOnlyMessage: { value: `${file.name} is given: read it, but change the other files.` },
          ariaLabel: `Code of ${file.name}${file.readOnly ? ', read only' : ''}. Press Escape, then Tab to leave the editor.`,
        });
        shown = active;
        showMarks();
      }
    },
    mark(next) {
      marks = next;
      showMarks();
    },
    reveal(line) {
      editor.setPosition({ lineNumber: line, column: 1 });
      editor.revealLineInCenterIfOutsideViewport(line);
      host.scrollIntoView({ block: 'nearest' });
      editor.focus();
    },
    dispose() {
      editor.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}
