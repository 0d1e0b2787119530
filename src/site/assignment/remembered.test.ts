import { expect, test } from 'vitest';
import { MapArea } from '../map-area.ts';
import { Store } from '../store.ts';
import {
  allRemembered,
  forget,
  handIns,
  keyOf,
  markHandedIn,
  recall,
  remember,
  rememberedStudent,
  rememberStudent,
} from './remembered.ts';
import { ASSIGNMENT, PASSED, SUITE } from './sample.ts';
import { recordAttempt, workOf } from './work.ts';

const store = (area = new MapArea()) => new Store(() => area);
const other = { ...ASSIGNMENT, id: 'week-4', title: 'Week 4' };

test('assignments are remembered side by side, and one that has changed says so', () => {
  const here = store();
  expect(remember(here, ASSIGNMENT)).toBe('new');
  expect(remember(here, ASSIGNMENT)).toBe('same');
  expect(remember(here, other)).toBe('new');
  const changed = { ...ASSIGNMENT, title: 'Week 3, corrected' };
  expect(remember(here, changed)).toBe('changed');
  expect(recall(here, 'week-3')).toEqual(changed);
  expect(allRemembered(here)).toEqual({ assignments: [changed, other], damaged: [] });
});

test('what is damaged is named, and keeps nobody from the others', () => {
  const here = store();
  remember(here, other);
  here.set(keyOf('week-3'), '{"format"');
  here.set(keyOf('week-5'), JSON.stringify(ASSIGNMENT));
  expect(recall(here, 'week-3')).toBeNull();
  expect(allRemembered(here)).toEqual({ assignments: [other], damaged: ['week-3', 'week-5'] });
});

test('removing one forgets its attempts and leaves the code, the others and the student’s name', () => {
  const here = store();
  for (const one of [ASSIGNMENT, other]) {
    remember(here, one);
    markHandedIn(here, one.id, '2026-11-21T10:00:00.000Z');
    const [exercise] = one.exercises;
    if (exercise)
      recordAttempt(here, one.id, exercise, {
        verdict: PASSED,
        suite: SUITE,
        files: {},
        at: '2026-11-21T09:00:00.000Z',
      });
  }
  rememberStudent(here, { name: 'Ada' });
  here.set('hb:draft:exercise/locks/one:exercise.py', 'mine');
  forget(here, 'week-3');
  expect(recall(here, 'week-3')).toBeNull();
  expect(workOf(here, 'week-3', 'locks/one').attempts).toEqual([]);
  expect(handIns(here, 'week-3')).toEqual([]);
  expect(workOf(here, 'week-4', 'locks/one').attempts).toHaveLength(1);
  expect(handIns(here, 'week-4')).toEqual(['2026-11-21T10:00:00.000Z']);
  expect(rememberedStudent(here)).toEqual({ name: 'Ada' });
  expect(here.get('hb:draft:exercise/locks/one:exercise.py')).toBe('mine');
});

test('an assignment whose id begins like another’s keeps its own', () => {
  const here = store();
  const longer = { ...ASSIGNMENT, id: 'week-33' };
  remember(here, ASSIGNMENT);
  remember(here, longer);
  forget(here, 'week-3');
  expect(allRemembered(here).assignments).toEqual([longer]);
});

test('where the browser keeps nothing, the page still knows', () => {
  for (const here of [new Store(() => null), store(new MapArea(10))]) {
    expect(remember(here, ASSIGNMENT)).toBe('new');
    expect(recall(here, 'week-3')).toEqual(ASSIGNMENT);
    markHandedIn(here, 'week-3', '2026-11-21T10:00:00.000Z');
    expect(handIns(here, 'week-3')).toHaveLength(1);
    forget(here, 'week-3');
    expect(recall(here, 'week-3')).toBeNull();
  }
});
