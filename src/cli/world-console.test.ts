/** What `hb run hosts.json` shows and hears, without a run. */
import { expect, test } from 'vitest';
import type { World } from '../kernel/hosts/types.ts';
import { readWorldCommand } from './world-command.ts';
import { WorldOutput } from './world-output.ts';

test('each line has its terminal’s name; lines of several terminals do not mix', () => {
  const shown = { 1: '', 2: '' };
  const output = new WorldOutput(['master', 'w1'], (fd, text) => {
    shown[fd] += text;
  });
  output.push(1, 'one\ntw', 'master');
  output.push(1, 'hello\n', 'w1');
  output.push(2, 'oh\n', 'w1');
  output.push(1, 'o\nName? ', 'master');
  output.push(1, 'as it is', null);
  output.flush();
  expect(shown).toEqual({
    1: 'master | one\nw1     | hello\nmaster | two\nas it ismaster | Name? \n',
    2: 'w1     | oh\n',
  });
});

test('on a screen the names are coloured', () => {
  let shown = '';
  const output = new WorldOutput(
    ['a', 'b'],
    (_fd, text) => {
      shown += text;
    },
    () => true,
  );
  output.push(1, 'x\n', 'b');
  expect(shown).toBe('\x1b[33mb |\x1b[0m x\n');
});

const WORLD: World = {
  hosts: [
    { name: 'left', address: '10.0.0.1', files: null },
    { name: 'right', address: '10.0.0.2', files: null },
  ],
  terminals: [
    { name: 'a', host: 'left', command: ['cat'], start: 0, service: false, reboots: false },
    { name: 'b', host: 'right', command: ['cat'], start: null, service: false, reboots: false },
  ],
  links: [],
};

test.each([
  ['hello', { kind: 'input', terminal: 'a', text: 'hello\n' }],
  ['b: hello', { kind: 'input', terminal: 'b', text: 'hello\n' }],
  ['c: hello', { kind: 'input', terminal: 'a', text: 'c: hello\n' }],
  ['!start b', { kind: 'act', act: { act: 'start', terminal: 'b' } }],
  ['!crash right', { kind: 'act', act: { act: 'crash', host: 'right' } }],
  ['!cut left right', { kind: 'act', act: { act: 'partition', hosts: ['left', 'right'] } }],
  ['!heal', { kind: 'act', act: { act: 'partition', hosts: [] } }],
  ['!end', { kind: 'act', act: { act: 'end' } }],
  ['!start left', { kind: 'problem', message: 'there is no terminal "left"; there are: a, b' }],
  ['!cut', { kind: 'problem', message: 'there is no host ""; there are: left, right' }],
  ['!dance', { kind: 'problem', message: expect.stringContaining('means nothing here: !start') }],
])('%s', (line, command) => {
  expect(readWorldCommand(line, WORLD)).toEqual(command);
});
