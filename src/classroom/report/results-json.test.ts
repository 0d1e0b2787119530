import { describe, expect, test } from 'vitest';
import { create } from 'xmlbuilder2';
import type { StudentResult } from '../graded.ts';
import { junitXml } from './junit.ts';
import { ASSIGNMENT, madeUpClass, PRIVATE_TEST } from './made-up-class.ts';
import { type ResultsJson, resultsJson } from './results-json.ts';

const { students } = madeUpClass({ size: 28 });
const someone = (id: string): StudentResult => {
  const found = students.find(({ student }) => student.id === id);
  if (!found) throw new Error(`nobody is ${id}`);
  return found;
};
const jsonOf = (one: StudentResult, site: string | null = null): ResultsJson =>
  JSON.parse(resultsJson(one, ASSIGNMENT, site));

describe('results.json', () => {
  test('the score is what is left after lateness; tests add up to what was reached', () => {
    const late = someone('s1006');
    const { score, output, tests, extra_data } = jsonOf(late);
    expect(score).toBe(late.points);
    expect(tests.reduce((sum, one) => sum + one.score, 0)).toBeCloseTo(late.reached, 1);
    expect(tests.reduce((sum, one) => sum + one.max_score, 0)).toBeCloseTo(late.possible, 1);
    expect(output).toContain('2 days 10 h late');
    expect(extra_data).toMatchObject({ deducted: late.deducted, student: 's1006' });
  });

  test('private tests are hidden, all others visible', () => {
    const { tests } = jsonOf(someone('s1004'));
    for (const { name, visibility } of tests)
      expect(visibility).toBe(name.includes(PRIVATE_TEST) ? 'hidden' : 'visible');
    expect(tests.filter(({ visibility }) => visibility === 'hidden')).toHaveLength(1);
  });

  test('a failing test says what happened, and where it is seen again', () => {
    const outputs = (site: string | null) =>
      jsonOf(someone('s1006'), site)
        .tests.map(({ output }) => output)
        .join('\n');
    expect(outputs(null)).toContain('See it again: npm test lost-update -- --schedule hb1.e.0.1x9f3kq.AgEB.4k2');
    expect(outputs('https://example.org')).toContain('See it again: https://example.org/replay#replay=q1ZKy8');
    expect(outputs(null)).toContain('expected 40, got 30\nHint: Which lock');
  });

  test('what could not be graded is no verdict on the student', () => {
    const broken = jsonOf(someone('s1013')).tests.find(({ name }) => name === 'A buffer with a bottom');
    expect(broken).toMatchObject({ score: 0, max_score: 10, output: expect.stringContaining('could not be graded') });
    expect(JSON.stringify(broken)).not.toContain('memory');
  });
});

describe('junit.xml', () => {
  const parse = (text: string) => create(text).toObject() as { testsuites: { testsuite: Record<string, unknown>[] } };

  test('has a suite for each exercise, with counts that fit', () => {
    const { testsuite } = parse(junitXml(someone('s1004'))).testsuites;
    expect(testsuite.map((one) => one['@name'])).toEqual(ASSIGNMENT.exercises.map(({ slug }) => slug));
    const xml = junitXml(someone('s1004'));
    const sum = (key: string) => testsuite.reduce((all, one) => all + Number(one[key]), 0);
    expect(sum('@failures')).toBe(xml.split('<failure').length - 1);
    expect(sum('@tests')).toBe(xml.split('<testcase').length - 1);
    expect(xml).toContain(`private: ${PRIVATE_TEST}`);
  });

  test('failures, errors, and what was not graded or not handed in', () => {
    const result = someone('s1013');
    const [first, ...others] = result.exercises;
    if (!first?.graded) throw new Error('not graded');
    const tests = first.graded.tests.map((one) => ({ ...one, verdict: 'limit' as const }));
    const xml = junitXml({ ...result, exercises: [{ ...first, graded: { ...first.graded, tests } }, ...others] });
    expect(xml.match(/<error type="limit"/g)).toHaveLength(tests.length);
    expect(xml).toContain('<error type="ungraded" message="The grader ran out of memory.');
    expect(junitXml(someone('s1009')).match(/<skipped/g)).toHaveLength(4);
  });

  test('holds anything that a program can print', () => {
    const result = someone('s1004');
    const message = `\u0000\u001b[31m]]>&<x a="\ud800\uffff">\u202e`;
    const exercises = result.exercises.map((one) => ({
      ...one,
      graded: one.graded && {
        ...one.graded,
        tests: one.graded.tests.map((test) => ({
          ...{ ...test, name: message, verdict: 'failed' as const },
          failure: { message, hint: message, schedule: message, replay: message },
        })),
      },
    }));
    const xml = junitXml({ ...result, exercises });
    expect(() => create(xml)).not.toThrow();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202e]/);
    expect(xml).toContain('‹U+0000›‹U+001B›[31m]]');
  });
});
