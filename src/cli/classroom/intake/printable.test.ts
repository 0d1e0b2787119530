/** What strangers write, made safe to print. */
import { expect, test } from 'vitest';
import { printable, someOf } from './printable.ts';

test('what is plain stays as it is', () => {
  for (const text of ['', 'Ann Lee', 'Öst, Jané', 'Łukasz', '李雷', 'نام', '👩🏽', 'a\u0301b', '="x"', '<b>&'])
    expect(printable(text)).toBe(text);
});

test('joiners stay where they join, and are seen elsewhere', () => {
  expect(printable('می\u200cخواهم 👩\u200d🚀')).toBe('می\u200cخواهم 👩\u200d🚀');
  expect(printable('al\u200cice\u200d')).toBe('al\\u{200c}ice\\u{200d}');
});

test('what moves, hides or turns round is seen', () => {
  expect(printable('\x1b[31mred\x07\r\n\t\x9b')).toBe('\\u{1b}[31mred\\u{7}\\u{d}\\u{a}\\u{9}\\u{9b}');
  expect(printable('\u202egnp.exe \u2066x\u2069 \u200b \ufeff \u2028 \ud800 \u{e0041} \ue000')).toBe(
    '\\u{202e}gnp.exe \\u{2066}x\\u{2069} \\u{200b} \\u{feff} \\u{2028} \\u{d800} \\u{e0041} \\u{e000}',
  );
});

test('what is long or piled up is cut, between characters', () => {
  expect(printable('x'.repeat(300))).toBe(`${'x'.repeat(199)}…`);
  expect(printable('\x1b'.repeat(100), 20)).toHaveLength(20);
  expect(printable('👩'.repeat(50), 10)).toBe('👩👩👩👩…');
  expect(printable(`a${'\u0301'.repeat(50)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
  const twice = printable('\x1b\u202e'.repeat(99), 80);
  expect(printable(twice, 80)).toBe(twice);
});

test('lists in sentences', () => {
  expect(someOf(['a', 'b'])).toBe('a, b');
  expect(someOf(['a', 'b', 'c', 'd\n'])).toBe('a, b, c and 1 more');
});
