/** Our part of Redis, and BullMQ's queues in it. */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueuedJob } from './records.ts';

/** Before all keys of ours. */
export const PREFIX = 'hb-classroom';

/** Over a connection that is open already, and stays open when the queue is closed. */
export function queueAt(redis: Redis, name: string): Queue<QueuedJob> {
  return new Queue<QueuedJob>(name, {
    connection: redis,
    prefix: PREFIX,
    // Results are not in events, and events are only hints: few are enough.
    streams: { events: { maxLen: 1000 } },
  });
}
