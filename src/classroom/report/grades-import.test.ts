import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { ClassResults, StudentResult } from '../graded.ts';
import { canvasCsv } from './canvas-csv.ts';
import { gradebookCsv } from './gradebook-csv.ts';
import { madeUpClass } from './made-up-class.ts';
import { moodleCsv } from './moodle-csv.ts';

const rows = (text: string | null) => Papa.parse<string[]>(text ?? '', { skipEmptyLines: true }).data;
const withColumns = (results: ClassResults, columns: (one: StudentResult) => Record<string, string>): ClassResults => ({
  ...results,
  students: results.students.map((one) => ({ ...one, student: { ...one.student, email: '', columns: columns(one) } })),
});
/** 9 is absent, 13 has an exercise that could not be graded, 22 is in no class list. */
const class28 = madeUpClass({ size: 28 });

describe('gradebook.csv', () => {
  test('has a row for everybody, and a byte order mark for Excel', () => {
    const text = gradebookCsv(class28);
    expect(text.startsWith('\uFEFFid,name,email,points,')).toBe(true);
    const [head = [], ...students] = rows(text);
    expect(students).toHaveLength(28);
    const cell = (id: string, column: string) => students.find(([one]) => one === id)?.[head.indexOf(column)];
    expect(cell('s1009', 'points')).toBe('0');
    expect(cell('s1009', 'notes')).toBe('Nothing was handed in.');
    expect(cell('s1009', 'locks/transfer')).toBe('');
    expect(cell('s1013', 'queues/bounded-buffer')).toBe('');
    expect(cell('s1022', 'notes')).toContain('Not in the class list.');
    expect(cell('s1006', 'late_hours')).toBe('58.52');
    expect(cell('s1006', 'received_by')).toBe('lms');
  });

  test('a class of nobody has its headings', () => {
    expect(rows(gradebookCsv({ ...class28, students: [] }))).toHaveLength(1);
  });
});

describe('canvas.csv', () => {
  test('is what Canvas exports, without those who have no grade', () => {
    const { csv, says } = canvasCsv(class28);
    const [head, possible, first, ...others] = rows(csv);
    expect(head).toEqual(['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Week 3: locks']);
    expect(possible).toEqual(['    Points Possible', '', '', '', '', '40']);
    expect(first).toEqual(['Ada Lindqvist', '70000', '', 's1001', 'Operating systems, group A', '10']);
    expect(others).toHaveLength(28 - 1 - 5);
    expect(csv).not.toMatch(/s1009|s1013|s1022/);
    expect(says.join('\n')).toContain('1 student is left out (not in the class list): s1022.');
  });

  test('takes the column that Canvas has for the assignment', () => {
    const results = withColumns(class28, ({ student }) => ({ ...student.columns, 'Week 3: Locks (4711)': '' }));
    expect(rows(canvasCsv(results).csv)[0]?.at(-1)).toBe('Week 3: Locks (4711)');
  });

  test('is not written where Canvas could not use it', () => {
    const numbers = withColumns(class28, ({ student }) => ({ id: student.columns.ID ?? '', name: student.name }));
    expect(canvasCsv(numbers)).toMatchObject({ csv: null, says: [expect.stringContaining('export the gradebook')] });
    const total = { ...class28, assignment: { ...class28.assignment, title: 'Final Grade of week 3' } };
    expect(canvasCsv(total)).toMatchObject({ csv: null, says: [expect.stringContaining('another title')] });
    expect(canvasCsv({ ...class28, students: [] }).csv).toBeNull();
  });
});

describe('moodle.csv', () => {
  test('has who it is, the grade and the feedback', () => {
    const [head, first, ...others] = rows(moodleCsv(class28).csv);
    expect(head).toEqual(['Email address', 'Week 3: locks', 'Week 3: locks (feedback)']);
    expect(first?.slice(0, 2)).toEqual(['s1001@example.org', '10']);
    expect(first?.[2]).toContain('The deposit that vanished: 10 of 15.');
    expect(others).toHaveLength(28 - 1 - 5);
  });

  test('no cell that finds a student is empty: Moodle would take the student before', () => {
    const results = withColumns(class28, ({ student: { id } }) => ({
      Username: id,
      'ID number': id === 's1002' ? '' : id,
    }));
    const [head, ...students] = rows(moodleCsv(results).csv);
    expect(head?.[0]).toBe('Username');
    expect(head).not.toContain('ID number');
    expect(students.every(([who]) => who !== '')).toBe(true);
    const some = withColumns(
      class28,
      ({ student: { id } }): Record<string, string> => (id === 's1002' ? {} : { Username: id }),
    );
    const { csv, says } = moodleCsv(some);
    expect(csv).not.toContain('s1002');
    expect(says.join('\n')).toContain('(no Username in the class list): s1002.');
  });

  test('is not written where Moodle could not use it', () => {
    expect(moodleCsv(withColumns(class28, () => ({})))).toMatchObject({
      csv: null,
      says: [expect.stringContaining('Not written')],
    });
  });
});
