/** A visit to a packaged assignment, with another project's SCORM 2004 run-time as the learning platform. */
import { Scorm2004API } from 'scorm-again';
import { expect, test } from 'vitest';
import { base64url } from '../../worker/packed-text.ts';
import type { Score } from './score-reporter.ts';
import { findApi, Lms, type ScormApi } from './scorm-lms.ts';
import { elementsOf, intervalOf } from './scorm-score.ts';
import { type Area, Session, type SessionOptions, type Trouble } from './scorm-session.ts';
import { anyLength, MOST_CHARACTERS, packSaved, plainSaved, readSaved } from './scorm-storage.ts';

function score(points: number, graded = true): Score {
  const exercises = [
    { slug: 'locks/lost-update', points, possible: 12, graded },
    { slug: 'threads/after-you', points: 0, possible: 4, graded: false },
  ];
  return { assignment: 'week-3', points, possible: 16, kept: 5, exercises };
}

function platform(kept: object = {}): Scorm2004API {
  const api = new Scorm2004API({ autocommit: false, logLevel: 5 });
  api.loadFromJSON({ learner_id: 'ann', ...kept } as never, 'cmi');
  return api;
}

function browser(quota = Number.POSITIVE_INFINITY): Area & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem(key, value) {
      if (value.length > quota) throw new DOMException('', 'QuotaExceededError');
      kept.set(key, value);
    },
  };
}

const TIMED_OUT = {
  Commit() {
    throw new Error('the session has timed out');
  },
};
const REFUSING = { Initialize: () => 'false', GetLastError: () => '102', GetErrorString: () => 'no' };

function plain(json: string): string {
  return `p:${base64url(new TextEncoder().encode(json))}`;
}

/** Opens a session and gathers what it says. */
async function visit(api: ScormApi | Scorm2004API, options: Partial<SessionOptions> = {}) {
  const said: (Trouble | null)[] = [];
  const reported: Score[] = [];
  const lms = Lms.begin(api as ScormApi) as Lms;
  const all: SessionOptions = {
    lms,
    recording: true,
    browser: browser(),
    key: 'hb:lms:week-3:ann',
    given: 'hb:assignment:week-3',
    now: () => 1000,
    say: (what) => said.push(what),
    reported: (what) => reported.push(what),
    ...options,
  };
  return { session: await Session.open(all), said, reported };
}

/** Text that does not pack. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}

test('what was stored comes back at the next visit, but not the assignment itself', async () => {
  const api = platform();
  const { session, said } = await visit(api);
  session.storage.setItem('hb:draft:a', 'x = "ü"');
  session.storage.setItem('hb:assignment:week-3', '{}');
  session.storage.setItem('theme', 'dark');
  session.end();
  expect(said).toEqual([null]);
  expect(api.isTerminated()).toBe(true);
  expect(api.cmi.toJSON()).toMatchObject({ exit: 'suspend' });

  const later = await visit(platform({ suspend_data: api.cmi.suspend_data, entry: 'resume' }));
  expect(later.session.storage.items('')).toEqual({ 'hb:draft:a': 'x = "ü"' });
});

test('points become the score, and an exercise its objective, where the platform has it already', async () => {
  const api = platform();
  api.Initialize('');
  api.SetValue('cmi.objectives.0.id', 'points');
  const { session, reported } = await visit(api);
  await session.report(score(8));
  expect(reported).toHaveLength(1);
  expect(api.cmi.score.toJSON()).toMatchObject({ scaled: '0.5', raw: '8', min: '0', max: '16' });
  const of = (element: string) => [0, 1, 2].map((at) => api.GetValue(`cmi.objectives.${at}.${element}`));
  expect(of('id')).toEqual(['points', 'locks.lost-update', 'threads.after-you']);
  expect(of('score.scaled')).toEqual(['', '0.6666667', '']);
  expect(of('success_status')).toEqual(['unknown', 'unknown', 'unknown']);
  expect(api.cmi.completion_status).toBe('incomplete');
  await session.report({ ...score(16), points: 16 });
  expect([api.cmi.completion_status, api.cmi.success_status]).toEqual(['completed', 'passed']);
});

test('nothing is scored before anything is graded', () => {
  const names = elementsOf(score(0, false), () => 0).map(([name]) => name);
  expect(names.filter((name) => name.includes('score'))).toEqual([]);
  expect(elementsOf({ ...score(0), points: 0 }, () => 0)).toContainEqual(['cmi.score.scaled', '0']);
});

test('what is more than the platform takes stays in the browser, which is said, and is what comes back', async () => {
  const area = browser();
  const api = platform();
  const { session, said } = await visit(api, { browser: area });
  session.storage.setItem('hb:draft:a', noise(100_000));
  session.end();
  expect(said).toContain('full');
  expect(area.kept.size).toBe(1);
  const later = await visit(platform({ suspend_data: api.cmi.suspend_data }), { browser: area, now: () => 2000 });
  expect(later.session.storage.getItem('hb:draft:a')).toHaveLength(100_000);
  // Once it fits, the browser forgets it.
  later.session.storage.setItem('hb:draft:a', 'x');
  later.session.end();
  expect(area.kept.size).toBe(0);

  const nowhere = await visit(platform(), { browser: browser(1000) });
  nowhere.session.storage.setItem('hb:draft:a', noise(100_000));
  nowhere.session.end();
  expect(nowhere.said.at(-1)).toBe('lost');
});

test('a platform that keeps nothing, or throws, is found out', async () => {
  const broken = Object.assign(platform(), TIMED_OUT);
  const area = browser();
  const { session, said, reported } = await visit(broken, { browser: area });
  session.storage.setItem('hb:draft:a', 'x');
  await session.report(score(8));
  expect(said.at(-1)).toBe('refused');
  expect(reported).toEqual([]);
  expect(area.kept.size).toBe(1);
  expect(Lms.begin({ ...platform(), ...REFUSING } as never)).toEqual({ refused: 'error 102: no' });
});

test('what fits only when it is packed is told while there is time, and the browser has the last of it otherwise', async () => {
  const area = browser();
  const api = platform();
  let time = 0;
  const { session, said } = await visit(api, { browser: area, now: () => ++time });
  session.storage.setItem('hb:draft:a', 'same '.repeat(50_000));
  await session.rest();
  expect(said).toEqual([null]);
  expect(api.cmi.suspend_data.length).toBeLessThan(2000);
  session.storage.setItem('hb:draft:a', 'other '.repeat(50_000));
  session.end();
  const later = await visit(platform({ suspend_data: api.cmi.suspend_data }), { browser: area });
  expect(later.session.storage.getItem('hb:draft:a')).toMatch(/^other/);
});

test('to be looked at only: nothing is kept or reported', async () => {
  const kept = anyLength({ at: 1, items: { 'hb:draft:a': 'x' } });
  const api = platform({ suspend_data: kept });
  const { session, reported } = await visit(api, { recording: false });
  expect(session.storage.getItem('hb:draft:a')).toBe('x');
  session.storage.setItem('hb:draft:a', 'y');
  await session.report(score(8));
  session.end();
  expect(api.cmi.suspend_data).toBe(kept);
  expect([reported, api.cmi.score.raw]).toEqual([[], '']);
});

test('saved work is packed within the bound, and whatever else a platform hands back is not taken', async () => {
  const saved = { at: 5, items: { 'hb:a': 'same '.repeat(50_000) } };
  const packed = await packSaved(saved);
  expect(packed?.length).toBeLessThan(1000);
  expect(await readSaved(packed ?? '')).toEqual(saved);
  expect(plainSaved(saved)).toBeNull();
  expect(await packSaved({ at: 5, items: { 'hb:a': noise(64_000) } })).toBeNull();
  const most = await packSaved({ at: 5, items: { 'hb:a': noise(50_000) } });
  expect(most?.length).toBeGreaterThan(50_000);
  expect(most?.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  for (const bad of [
    '',
    'x',
    'z:',
    'z:!!',
    'z:AAAA',
    'p:',
    ...['null', '[]', '{"at":"1","items":{}}', 'x'].map(plain),
    `${packed?.slice(0, 50)}`,
  ])
    expect(await readSaved(bad)).toBeNull();
  const odd = await readSaved(plain('{"at":1,"items":{"theme":"dark","hb:a":1,"hb:b":"b","__proto__":"x"}}'));
  expect(odd?.items).toEqual({ 'hb:b': 'b' });
});

test('the platform is found around the page, past frames of other origins, or behind the window that opened it', () => {
  const api = {} as ScormApi;
  const frame = (parts: object) => {
    const one: Record<string, unknown> = { opener: null, ...parts };
    one.parent ??= one;
    one.top ??= one.parent;
    return one as unknown as Window;
  };
  const lms = frame({ API_1484_11: api });
  const foreign = Object.defineProperty(frame({ parent: lms, top: lms }) as object, 'API_1484_11', {
    get: () => {
      throw new DOMException('', 'SecurityError');
    },
  });
  expect(findApi(frame({ parent: foreign, top: lms }))).toBe(api);
  expect(findApi(frame({ opener: frame({ parent: lms }) }))).toBe(api);
  expect(findApi(frame({ parent: frame({ opener: lms }) }))).toBe(api);
  expect(findApi(frame({}))).toBeNull();
  expect(findApi(frame({ opener: foreign }))).toBe(api);
});

test('times are as the standard writes them', () => {
  expect(intervalOf(0)).toBe('PT0H0M0.00S');
  expect(intervalOf(3_723_456)).toBe('PT1H2M3.45S');
});
