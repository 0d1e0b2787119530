import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Report {
  daemons: { parent: number; 'new session': boolean; 'leads its session': boolean; folder: string }[];
  returned: number;
  left: number;
  stayed: boolean;
}

export default suite([
  test('the daemon is on its own', {
    entry: call('launch', [], 'driver.py'),
    hint: 'Only a process that leads no group may begin a session, and only one that leads no session can never get a terminal.',
  }, (run) => {
    const { daemons } = run.value as Report;
    expect('the number of daemons', daemons.length).toBe(1);
    const [daemon] = daemons as [Report['daemons'][number]];
    expect('the parent of the daemon', daemon.parent).toBe(1);
    expect('whether it is in a session of its own', daemon['new session']).toBe(true);
    expect('whether it leads that session', daemon['leads its session']).toBe(false);
    expect('its working directory', daemon.folder).toBe('/');
  }),
  test('the launcher goes on as before', {
    entry: call('launch', [], 'driver.py'),
    hint: 'Whoever calls start_daemon is not a daemon: which lines are for the child only?',
  }, (run) => {
    const { returned, left, stayed } = run.value as Report;
    expect('the seconds until start_daemon returned', returned).toBeAbout(0);
    expect('the number of zombies left', left).toBe(0);
    expect('whether its working directory is the same', stayed).toBe(true);
  }),
]);
