/** What sockets, tasks, greenlets, the broker and faults cost, as rows of the benchmark's table. */
import { middle } from './engine-figures.ts';
import type { NetworkFigures } from './network-figures.ts';
import { goal, type Row, seconds, thousands } from './rows.ts';

export function networkRows({ sockets, greenlets, redisCommands, faults }: NetworkFigures, where: string): Row[] {
  const { thousandSockets, threadEach, sleepingTasks, roundTrips } = sockets;
  const slowest = Math.max(middle(thousandSockets), middle(sleepingTasks));
  return [
    [
      `1,000 sockets; 10,000 tasks of asyncio asleep, ${where}`,
      `${seconds(thousandSockets)}; ${seconds(sleepingTasks)}`,
      goal(slowest <= 3000, '≤ 3 s'),
      '500 clients of one asyncio server, all connected at once; tasks that sleep to the same second; wall time of the whole program',
    ],
    [
      `200 clients, a thread for each and for each at the server, ${where}`,
      seconds(threadEach),
      '',
      '`ThreadingTCPServer`',
    ],
    [
      `echoes over virtual TCP a second, ${where}`,
      `${thousands(roundTrips.threads)} between threads, ${thousands(roundTrips.streams)} between tasks`,
      '',
      'there and back, one after the other; blocking sockets; asyncio streams',
    ],
    [
      `commands of redis a second, ${where}`,
      thousands(redisCommands),
      '',
      'RPUSH and BLPOP of two processes, each waits for its reply; client and broker on one virtual host',
    ],
    [
      `one fault of three machines, every moment of it, ${where}`,
      `${seconds(faults.ms)}, ${faults.runs} runs`,
      goal(middle(faults.ms) <= 5000, '≤ 5 s'),
      'shop, broker, worker: three orders through a list with acknowledgement; the worker crashes, or is cut off, once',
    ],
    [
      `switches of greenlets a second; turns of gevent's hub, ${where}`,
      `${thousands(greenlets.switchesPerSecond)}; ${thousands(greenlets.turnsPerSecond)}`,
      '',
      `imports: greenlet ${greenlets.importing.greenlet.toFixed(0)} ms, gevent ${greenlets.importing.gevent.toFixed(0)} ms`,
    ],
  ];
}
