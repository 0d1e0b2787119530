/** MULTI, EXEC and WATCH. */
import { type Call, type Command, command } from './command.ts';
import { refuse } from './errors.ts';
import { NOTHING, OK, type Reply } from './replies.ts';

function multi({ client }: Call): Reply {
  if (client.queued) throw refuse('ERR MULTI calls can not be nested');
  client.queued = [];
  return OK;
}

function exec({ broker, client }: Call): Reply {
  const { queued, aborted, outdated } = client;
  if (!queued) throw refuse('ERR EXEC without MULTI');
  // A key that is watched and whose time has passed has changed.
  const late = [...client.watched.values()].some(({ db, key }) => db.has(key) && db.find(key) === undefined);
  if (aborted || outdated || late) {
    broker.endTransaction(client);
    return aborted ? { error: 'EXECABORT Transaction discarded because of previous errors.' } : NOTHING;
  }
  broker.endTransaction(client);
  return broker.transaction(client, queued);
}

function discard({ broker, client }: Call): Reply {
  if (!client.queued) throw refuse('ERR DISCARD without MULTI');
  broker.endTransaction(client);
  return OK;
}

function watch({ broker, client }: Call, args: readonly string[]): Reply {
  if (client.queued) throw refuse('ERR WATCH inside MULTI is not allowed');
  for (const key of args.slice(1)) broker.watch(client, key);
  return OK;
}

export const transactions: readonly Command[] = [
  command('multi', 1, 'noscript loading stale fast', '', multi),
  command('exec', 1, 'noscript loading stale', '', exec),
  command('discard', 1, 'noscript loading stale fast', '', discard),
  command('watch', -2, 'noscript loading stale fast', '1 -1 1', watch),
  command('unwatch', 1, 'noscript loading stale fast', '', ({ broker, client }) => {
    broker.unwatch(client);
    return OK;
  }),
];
