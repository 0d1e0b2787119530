/** Prometheus' text form: what is counted, what is cumulative, and what is escaped. */
import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';
import { readMetricsPlace } from './metrics-server.ts';

test('a histogram’s buckets are cumulative and end with all', () => {
  const metrics = new Metrics(2);
  for (const seconds of [0.05, 0.1, 0.3, 400]) metrics.graded('locks/lost-update', 'passed', seconds);
  metrics.graded('locks/lost-update', 'broken', 0);
  const lines = metrics.text(true).split('\n');
  const bucket = (le: string) =>
    lines.find((line) => line.startsWith('hb_grading_seconds_bucket{') && line.includes(`passed",le="${le}"`));
  expect(bucket('0.1')).toMatch(/ 2$/);
  expect(bucket('0.25')).toMatch(/ 2$/);
  expect(bucket('0.5')).toMatch(/ 3$/);
  expect(bucket('300')).toMatch(/ 3$/);
  expect(bucket('+Inf')).toMatch(/ 4$/);
  expect(lines).toContain('hb_grading_seconds_count{exercise="locks/lost-update",verdict="passed"} 4');
  expect(lines).toContain('hb_gradings_total{exercise="locks/lost-update",verdict="broken"} 1');
  expect(lines.filter((line) => line.startsWith('# TYPE hb_grading_seconds '))).toHaveLength(1);
  expect(lines.at(-1)).toBe('');
});

test('labels are escaped', () => {
  const metrics = new Metrics(1);
  metrics.graded('a"b\\c\nd', 'passed', 1);
  expect(metrics.text(false)).toContain('hb_gradings_total{exercise="a\\"b\\\\c\\nd",verdict="passed"} 1\n');
});

test('busy lanes go up and down', () => {
  const metrics = new Metrics(2);
  metrics.begins();
  metrics.begins();
  metrics.ends();
  expect(metrics.text(true)).toContain('hb_worker_lanes_busy 1\n');
});

test('--metrics: a port is this machine’s only, unless a host is given', () => {
  expect(readMetricsPlace('9464')).toEqual({ host: '127.0.0.1', port: 9464 });
  expect(readMetricsPlace('0.0.0.0:9464')).toEqual({ host: '0.0.0.0', port: 9464 });
  expect(readMetricsPlace('[::]:9464')).toEqual({ host: '::', port: 9464 });
  for (const wrong of ['', 'x', '70000', ':9464', 'a b:1', '-1', '9464/metrics'])
    expect(() => readMetricsPlace(wrong), wrong).toThrow(/--metrics: give PORT/);
});
