import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('an album goes in', {
    entry: call('party', [[['one', 'two']], []], 'driver.py'),
    hint: 'add_album holds the lock and calls add, which asks for the same lock.',
  }, (run) => {
    expect('the playlist', run.value).toEqual(['one', 'two']);
  }),
  test('no song gets into an album', {
    entry: call('party', [[['one', 'two']], ['solo']], 'driver.py'),
    hint: 'Who may append while an album is half in?',
  }, (run) => {
    expect('the playlist', run.value).toBeOneOf([
      ['one', 'two', 'solo'],
      ['solo', 'one', 'two'],
    ]);
  }),
  test('two albums do not mix', {
    entry: call(
      'party',
      [
        [
          ['one', 'two'],
          ['uno', 'due'],
        ],
        [],
      ],
      'driver.py',
    ),
    hint: 'An album must be all in before the next one begins; and then the next one must be able to begin.',
  }, (run) => {
    expect('the playlist', run.value).toBeOneOf([
      ['one', 'two', 'uno', 'due'],
      ['uno', 'due', 'one', 'two'],
    ]);
  }),
  test('add_album calls add', {
    entry: call('loud', [['one', 'two']], 'driver.py'),
    hint: 'A subclass has overridden add.',
  }, (run) => {
    expect('the playlist', run.value).toEqual(['ONE', 'TWO']);
  }),
]);
