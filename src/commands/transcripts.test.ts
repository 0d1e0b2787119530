/**
 * Command lines and what dash 0.5.12, GNU coreutils 9.1 and grep 3.8 did with them (LC_ALL=C, `sh -c LINE` in a folder of
 * FILES): the commands here must do the same, byte for byte. A transcript's line begins with `$ ` or `> ` (the command),
 * `| ` (standard output), `! ` (errors) or `? ` (the exit status, if it is not 0); `|\` and `!\`: without a newline.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFailed } from '../kernel/errno.ts';
import { TestMachine } from './test-machine.ts';
import { decode } from './text.ts';

const FILES = {
  fruit: 'cherry\napple\nbanana\napple\npear\nbanana\nfig\n',
  numbers: '10\n9\n100\n-3\n2.5\n',
  table: 'bob\t30\nann\t4\ncid\t30\n',
  colons: 'a:x:3\nb:y:1\nc:z:2\nnone\n',
  mixed: 'b\nA\na\nB\n',
  gaps: 'one\n\n\ntwo\n',
  words: 'foo bar\nfood\na.b\naxb\nnumber 7\nfoo\n',
  'd/one': 'x1\n',
  'd/two': 'y\nx2\n',
  'd/.hidden': '',
  'hi.sh': 'echo "hi $1 $#"\n',
};

interface Entry {
  line: string;
  stdout: string;
  stderr: string;
  status: number;
}

function transcript(name: string): Entry[] {
  const entries: Entry[] = [];
  const text = readFileSync(new URL(`transcripts/${name}.txt`, import.meta.url), 'utf8');
  for (const row of text.split('\n')) {
    const entry = entries.at(-1) as Entry;
    const rest = row.slice(2);
    const end = row[1] === '\\' ? '' : '\n';
    if (row.startsWith('$')) entries.push({ line: rest, stdout: '', stderr: '', status: 0 });
    else if (row.startsWith('>')) entry.line += `\n${rest}`;
    else if (row.startsWith('|')) entry.stdout += rest + end;
    else if (row.startsWith('!')) entry.stderr += rest + end;
    else if (row.startsWith('?')) entry.status = Number(rest);
    else if (row !== '') throw new Error(`${name}.txt: ${row}`);
  }
  return entries;
}

function run(line: string, bare: boolean): Entry {
  const machine = new TestMachine(FILES);
  const script = machine.tree.lookup('hi.sh');
  if (isFailed(script)) throw new Error('no script');
  script.mode = 0o755;
  const { stdout, stderr, status } = machine.run(['sh', '-c', line], { bare });
  return { line, stdout: decode(stdout), stderr: decode(stderr), status };
}

describe.each(['shell', 'commands'])('%s', (name) => {
  const entries = transcript(name);

  test('is as the real ones do', () => {
    expect(entries.length).toBeGreaterThan(200);
    expect(entries.map(({ line }) => run(line, false))).toEqual(entries);
  });

  test('is the same where a program cannot be replaced by another', () => {
    const caught = /trap/;
    const rest = entries.filter(({ line }) => !caught.test(line));
    expect(rest.map(({ line }) => run(line, true))).toEqual(rest);
  });
});
