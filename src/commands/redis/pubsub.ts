/** Publish and subscribe. */
import { type Call, type Command, command, container } from './command.ts';
import { matches } from './patterns.ts';
import type { Reply } from './replies.ts';

function subscribe(kind: 'subscribe' | 'psubscribe') {
  return ({ client }: Call, args: readonly string[]): Reply => {
    const own = kind === 'subscribe' ? client.channels : client.patterns;
    const replies = args.slice(1).map((name) => {
      own.add(name);
      return { push: [kind, name, client.subscriptions] };
    });
    return { replies };
  };
}

function unsubscribe(kind: 'unsubscribe' | 'punsubscribe') {
  return ({ client }: Call, args: readonly string[]): Reply => {
    const own = kind === 'unsubscribe' ? client.channels : client.patterns;
    const names = args.length > 1 ? args.slice(1) : [...own];
    const replies = names.map((name) => {
      own.delete(name);
      return { push: [kind, name, client.subscriptions] };
    });
    return names.length === 0 ? { push: [kind, null, client.subscriptions] } : { replies };
  };
}

/** Channels with subscribers, in the order of the subscriptions. */
function channels({ broker }: Call, [, , pattern]: readonly string[]): Reply {
  const all = new Set([...broker.clients.values()].flatMap((client) => [...client.channels]));
  return [...all].filter((channel) => pattern === undefined || matches(pattern, channel));
}

function counts({ broker }: Call, args: readonly string[]): Reply {
  return args
    .slice(2)
    .flatMap((channel) => [
      channel,
      [...broker.clients.values()].filter((client) => client.channels.has(channel)).length,
    ]);
}

export const pubsub: readonly Command[] = [
  command('subscribe', -2, 'pubsub noscript loading stale', '', subscribe('subscribe')),
  command('psubscribe', -2, 'pubsub noscript loading stale', '', subscribe('psubscribe')),
  command('unsubscribe', -1, 'pubsub noscript loading stale', '', unsubscribe('unsubscribe')),
  command('punsubscribe', -1, 'pubsub noscript loading stale', '', unsubscribe('punsubscribe')),
  command('publish', 3, 'pubsub loading stale fast', '', ({ broker }, [, channel = '', message = '']) =>
    broker.publish(channel, message),
  ),
  container('pubsub', [
    command('channels', -2, 'pubsub loading stale', '', channels),
    command('numsub', -2, 'pubsub loading stale', '', counts),
    command('numpat', 2, 'pubsub loading stale', '', ({ broker }) => {
      return new Set([...broker.clients.values()].flatMap((client) => [...client.patterns])).size;
    }),
  ]),
];
