import { expect, test } from 'vitest';
import { addressOf, HAND_IN, OVERVIEW, placeOf } from './place.ts';

const exercise = { kind: 'exercise', slug: 'locks/lost-update' } as const;

test('an address says what it was made of', () => {
  for (const view of [OVERVIEW, HAND_IN, exercise]) {
    for (const place of [
      { fragment: '#assignment=abc', id: null, view },
      { fragment: '', id: 'week-3', view },
    ]) {
      const { search, hash } = new URL(`https://example.org/assignment${addressOf(place)}`);
      expect(placeOf({ search, hash })).toEqual(place);
    }
  }
});

test('it can be read, and what the link carries stays', () => {
  expect(addressOf({ fragment: '#assignment=abc', id: 'week-3', view: exercise })).toBe(
    '?exercise=locks/lost-update#assignment=abc',
  );
  expect(addressOf({ fragment: '', id: 'week-3', view: OVERVIEW })).toBe('?assignment=week-3');
});

test('whatever else an address holds is nothing, or is escaped again', () => {
  expect(placeOf({ search: '', hash: '#replay=abc' })).toEqual({ fragment: '', id: null, view: OVERVIEW });
  const odd = placeOf({ search: '?exercise=%22%3E%3Cb%3E', hash: '' });
  expect(odd.view).toEqual({ kind: 'exercise', slug: '"><b>' });
  expect(addressOf(odd)).toBe('?exercise=%22%3E%3Cb%3E');
});
