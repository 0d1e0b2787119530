import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('a few words arrive', {
    entry: call('short', ['echo made; echo careful >&2; exit 3'], 'driver.py'),
    hint: 'All that the tool has written must be there when run_tool returns.',
  }, (run) => {
    expect('the exit code, the output and the complaints', run.value).toEqual([3, 'made\n', 'careful\n']);
  }),
  test('a long output arrives', {
    entry: call('long', ['cat long.txt', 80], 'driver.py'),
    hint: 'A pipe holds 64 KiB. The tool waits for room, and run_tool waits for the tool.',
  }, (run) => {
    expect('the exit code and the bytes of output and complaints', run.value).toEqual([0, 81_920, 0]);
  }),
  test('long complaints arrive', {
    entry: call('long', ['cat long.txt >&2; echo made', 80], 'driver.py'),
    hint: 'There are two pipes. While you read one to its end, the other one may fill up.',
  }, (run) => {
    expect('the exit code and the bytes of output and complaints', run.value).toEqual([0, 5, 81_920]);
  }),
]);
