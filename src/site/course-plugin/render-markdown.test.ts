import { expect, test } from 'vitest';
import { renderMarkdown } from './render-markdown.ts';

test('Python is highlighted by class, other code is escaped', () => {
  expect(renderMarkdown('```python\nimport x\n```', '/')).toContain('<span class="token keyword">import</span>');
  expect(renderMarkdown('```\n<b>\n```', '/')).toContain('<code>&lt;b&gt;</code>');
});

test('a site-wide link carries the base path, others are left alone', () => {
  expect(renderMarkdown('[a](/learn/locks)', '/course/')).toContain('href="/course/learn/locks"');
  expect(renderMarkdown('[a](https://docs.python.org/)', '/course/')).toContain('href="https://docs.python.org/"');
});
