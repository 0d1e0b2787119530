import { expect, test, vi } from 'vitest';
import { MapArea } from './map-area.ts';
import { Store } from './store.ts';

test('keeps values and tells of changes', () => {
  const store = new Store(() => new MapArea());
  const listener = vi.fn();
  const stop = store.subscribe(listener);
  expect(store.set('hb:a', '1')).toBe(true);
  expect(store.get('hb:a')).toBe('1');
  store.set('other', '2');
  expect(store.keys('hb:')).toEqual(['hb:a']);
  store.remove('hb:a');
  expect(store.get('hb:a')).toBeNull();
  expect(listener).toHaveBeenCalledTimes(3);
  stop();
  store.changed();
  expect(listener).toHaveBeenCalledTimes(3);
});

test('a full storage refuses, says so, and recovers', () => {
  const area = new MapArea(10);
  const store = new Store(() => area);
  expect(store.set('k', 'x'.repeat(20))).toBe(false);
  expect(store.health).toBe('full');
  expect(store.get('k')).toBe('x'.repeat(20));
  expect(store.set('k', 'x')).toBe(true);
  expect(store.health).toBe('ok');
  expect(store.get('k')).toBe('x');
  expect(area.getItem('k')).toBe('x');
});

test('a forbidden storage keeps things for as long as the page is there, and never throws', () => {
  const store = new Store(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(store.health).toBe('forbidden');
  expect(store.set('k', 'v')).toBe(false);
  expect(store.get('k')).toBe('v');
  expect(store.keys('')).toEqual(['k']);
  store.remove('k');
  expect(store.get('k')).toBeNull();
});
