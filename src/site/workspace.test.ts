import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MapArea } from './map-area.ts';
import { Store } from './store.ts';
import { Workspace } from './workspace.ts';

const STARTER = { 'exercise.py': 'pass\n', 'bank.py': 'RATE = 1\n' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(area = new MapArea()) {
  const store = new Store(() => area);
  return { area, store, workspace: new Workspace(store, 'locks/x', STARTER) };
}

function reopened(area: MapArea): Workspace {
  const { workspace } = open(area);
  workspace.load();
  return workspace;
}

test('typing is stored after a pause and comes back', () => {
  const { area, workspace } = open();
  workspace.edit('exercise.py', 'a');
  workspace.edit('exercise.py', 'ab');
  expect(area.length).toBe(0);
  vi.advanceTimersByTime(300);
  expect(area.length).toBe(1);
  expect(reopened(area).state).toMatchObject({ files: { ...STARTER, 'exercise.py': 'ab' }, edited: true });
});

test('a closing page stores at once', () => {
  const { area, workspace } = open();
  workspace.edit('exercise.py', 'x');
  workspace.flush();
  expect(reopened(area).state.files['exercise.py']).toBe('x');
});

test('typing the starter back leaves nothing stored', () => {
  const { area, workspace } = open();
  workspace.edit('exercise.py', 'x');
  workspace.flush();
  workspace.edit('exercise.py', STARTER['exercise.py']);
  workspace.flush();
  expect(area.length).toBe(0);
  expect(workspace.state.edited).toBe(false);
});

test('a reset can be taken back', () => {
  const { area, workspace } = open();
  workspace.edit('exercise.py', 'mine');
  workspace.reset();
  expect(workspace.state).toMatchObject({ files: STARTER, edited: false });
  workspace.undoReset();
  expect(reopened(area).state.files['exercise.py']).toBe('mine');
});

test('when storage is full nothing typed is lost from the page', () => {
  const { store, workspace } = open(new MapArea(40));
  workspace.edit('exercise.py', 'x'.repeat(100));
  workspace.flush();
  expect(store.health).toBe('full');
  workspace.load();
  expect(workspace.state.files['exercise.py']).toHaveLength(100);
  workspace.edit('exercise.py', 'y');
  workspace.flush();
  expect(store.health).toBe('ok');
});

test('files are added, renamed and removed', () => {
  const { area, workspace } = open();
  expect(workspace.add('new.py')).toBeNull();
  expect(workspace.add('new.py')).toBe('There is a new.py already.');
  expect(workspace.add('../x')).toContain('letters, digits');
  expect(workspace.rename('new.py', 'old.py')).toBeNull();
  workspace.remove('bank.py');
  expect(Object.keys(reopened(area).state.files)).toEqual(['exercise.py', 'old.py']);
  workspace.remove('old.py');
  workspace.remove('exercise.py');
  expect(Object.keys(workspace.state.files)).toEqual(['exercise.py']);
});

test('what another tab stores appears, except where this one has newer typing', () => {
  const { area, workspace } = open();
  const other = open(area).workspace;
  other.edit('exercise.py', 'theirs');
  other.edit('bank.py', 'theirs');
  other.flush();
  workspace.edit('bank.py', 'mine');
  workspace.load();
  expect(workspace.state.files).toEqual({ 'exercise.py': 'theirs', 'bank.py': 'mine' });
});
