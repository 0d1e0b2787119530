import { expect, test, vi } from 'vitest';
import { TerminalFeed } from './terminal-feed.ts';

test('writes are joined and stderr is tinted', () => {
  const feed = new TerminalFeed();
  feed.push(1, 'a');
  feed.push(2, 'b');
  feed.push(2, 'c');
  feed.push(1, 'd');
  expect(feed.take(100)).toBe('a\x1b[31mbc\x1b[39md');
  expect(feed.waiting).toBe(false);
});

test('a flood is bounded and says what it skipped', () => {
  const feed = new TerminalFeed();
  for (let index = 0; index < 100; index += 1) feed.push(1, 'x'.repeat(100_000));
  let shown = '';
  while (feed.waiting) shown += feed.take(1 << 16);
  expect(shown.length).toBeLessThan(600_000);
  expect(shown).toMatch(/… \d{7} characters skipped …/);
});

test('a late reader is told at once', () => {
  const feed = new TerminalFeed();
  feed.push(1, 'early');
  const notify = vi.fn();
  const detach = feed.attach(notify);
  expect(notify).toHaveBeenCalledTimes(1);
  detach();
  feed.push(1, 'late');
  expect(notify).toHaveBeenCalledTimes(1);
});

test('a reset drops what waits and clears the screen before what follows', () => {
  const feed = new TerminalFeed();
  feed.push(2, 'old');
  feed.reset();
  feed.push(1, 'new');
  expect(feed.take(100)).toBe('\x1bcnew');
  expect(feed.waiting).toBe(false);
});
