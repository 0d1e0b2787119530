import { expect, test } from 'vitest';
import type { GradedTest } from '../graded.ts';
import { againOf, siteAddress } from './replay-url.ts';

const failing = (more: Partial<NonNullable<GradedTest['failure']>> = {}, ofTeacher = false): GradedTest => ({
  ...{ name: 'x', private: ofTeacher, verdict: 'failed', proof: '' },
  failure: { message: '', hint: '', schedule: 'hb1.e.0.1x', replay: 'replay=abc', ...more },
});

test('a site is an address of the web', () => {
  expect(siteAddress('https://example.org/hb/')).toBe('https://example.org/hb');
  expect(siteAddress('http://localhost:3000')).toBe('http://localhost:3000');
  for (const bad of ['javascript:alert(1)', 'example.org', 'https://example.org/?x', 'https://example.org/#y', ''])
    expect(() => siteAddress(bad)).toThrow(/is not the address of a site/);
});

test('a link where there is a site, else a command', () => {
  expect(againOf('a/b', failing(), 'https://s')).toEqual({ kind: 'link', url: 'https://s/replay#replay=abc' });
  expect(againOf('a/b', failing(), null)).toEqual({ kind: 'command', command: 'npm test b -- --schedule hb1.e.0.1x' });
  expect(againOf('a/b', failing({ replay: null }), 'https://s')?.kind).toBe('command');
  expect(againOf('a/b', failing({}, true), null)).toEqual({
    ...{ kind: 'command', command: 'npx hb run --explain --schedule replay=abc' },
  });
});

test('nothing that is no schedule or link of ours', () => {
  expect(againOf('a/b', failing({ schedule: '$(rm -rf ~)', replay: 'javascript:alert(1)' }), 'https://s')).toBeNull();
  expect(againOf('a/b', failing({ schedule: '', replay: null }), null)).toBeNull();
});
