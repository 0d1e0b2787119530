import { describe, expect, test } from 'vitest';
import { clipped, html, visible } from './html.ts';

describe('html', () => {
  test('escapes text and attributes', () => {
    const bad = `<script>alert("x")</script>&'`;
    expect(html`<a title="${bad}">${bad}</a>`.markup).toBe(
      '<a title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;</a>',
    );
  });

  test('takes markup, lists of it, numbers and null', () => {
    const items = ['<1>', '<2>'].map((one) => html`<li>${one}</li>`);
    expect(html`<ul>${items}</ul>${null}${0}`.markup).toBe('<ul><li>&lt;1&gt;</li><li>&lt;2&gt;</li></ul>0');
  });

  test('text that looks like markup of ours stays text', () => {
    const forged = { markup: '<img onerror=alert(1)>' };
    expect(html`${JSON.stringify(forged)}`.markup).not.toContain('<img');
  });
});

describe('visible', () => {
  test('names what is not seen or turns the order round', () => {
    expect(visible('a\u0000b\u001b[31m')).toBe('a‹U+0000›b‹U+001B›[31m');
    expect(visible('gpj.\u202Eexe')).toBe('gpj.‹U+202E›exe');
    expect(visible('x\u2066y\u2069\uFEFF')).toBe('x‹U+2066›y‹U+2069›‹U+FEFF›');
    expect(visible('\ud800')).toBe('\ufffd');
  });

  test('leaves writing alone', () => {
    const text = 'Zoë 王伟 نور\u200cه 👩\u200d🚀\n\ttab';
    expect(visible(text)).toBe(text);
    expect(visible('one\r\ntwo')).toBe('one\ntwo');
  });
});

test('clipped', () => {
  expect(clipped('abc', 3)).toBe('abc');
  expect(clipped('abcd', 3)).toBe('abc …');
  expect(clipped('ab👩', 3)).toBe('ab\ufffd …');
});
