import { expect, test } from 'vitest';
import { LineEditor } from './line-editor.ts';

test('keys are echoed and Enter sends the line', () => {
  const editor = new LineEditor();
  expect(editor.feed('h')).toEqual({ echo: 'h', lines: [], interrupt: false });
  expect(editor.feed('i\r')).toEqual({ echo: 'i\r\n', lines: ['hi\n'], interrupt: false });
});

test('Backspace erases one character, a wide one too, and stops at the start', () => {
  const editor = new LineEditor();
  editor.feed('a值');
  expect(editor.feed('\x7f').echo).toBe('\b \b\b \b');
  expect(editor.feed('\x7f\x7f').echo).toBe('\b \b');
  expect(editor.feed('b\r').lines).toEqual(['b\n']);
});

test('Ctrl-U erases the line', () => {
  const editor = new LineEditor();
  editor.feed('abc');
  expect(editor.feed('\x15').echo).toBe('\b \b'.repeat(3));
  expect(editor.feed('\r').lines).toEqual(['\n']);
});

test('Ctrl-D ends the input on an empty line only', () => {
  const editor = new LineEditor();
  expect(editor.feed('x\x04').lines).toEqual([]);
  expect(editor.feed('\r\x04').lines).toEqual(['x\n', null]);
});

test('Ctrl-C interrupts and drops the line', () => {
  const editor = new LineEditor();
  expect(editor.feed('x\x03')).toMatchObject({ echo: 'x^C', interrupt: true });
  expect(editor.feed('\r').lines).toEqual(['\n']);
});

test('a paste of several lines, with Windows ends', () => {
  expect(new LineEditor().feed('1\r\n2\r3').lines).toEqual(['1\n', '2\n']);
});

test('arrow and function keys are ignored', () => {
  expect(new LineEditor().feed('\x1b[A\x1b[1;5C\x1bOPx')).toMatchObject({ echo: 'x', lines: [] });
});
