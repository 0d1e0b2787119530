/** Commands about the server: INFO, CONFIG, COMMAND, DEBUG and the like. */
import { integer } from './arguments.ts';
import type { Broker } from './broker.ts';
import { type Call, type Command, command, container } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { parseDouble } from './numbers.ts';
import { matches } from './patterns.ts';
import { OK, type Reply, SILENCE } from './replies.ts';
import { VERSION } from './version.ts';

type Section = readonly (readonly [string, string | number])[];

const SECTIONS: Readonly<Record<string, (broker: Broker) => Section>> = {
  Server: ({ now, settings, statistics: { started, pid } }) => [
    ['redis_version', VERSION],
    ['redis_mode', 'standalone'],
    ['os', 'Linux'],
    ['arch_bits', 64],
    ['process_id', pid],
    ['tcp_port', settings.get('port')],
    ['server_time_usec', now * 1000],
    ['uptime_in_seconds', Math.floor((now - started) / 1000)],
    ['uptime_in_days', Math.floor((now - started) / 86_400_000)],
    ['hz', 10],
    ['configured_hz', 10],
    ['config_file', ''],
  ],
  Clients: ({ clients, settings }) => [
    ['connected_clients', clients.size],
    ['maxclients', settings.get('maxclients')],
    ['blocked_clients', [...clients.values()].filter(({ blocked }) => blocked).length],
  ],
  Memory: (broker) => [
    ['used_memory', broker.memory()],
    ['maxmemory', broker.settings.get('maxmemory')],
    ['maxmemory_policy', 'noeviction'],
  ],
  Persistence: ({ loading, settings, diskError }) => [
    ['loading', loading ? 1 : 0],
    ['rdb_changes_since_last_save', 0],
    ['aof_enabled', settings.get('appendonly') === 'yes' ? 1 : 0],
    ['aof_last_write_status', diskError === null ? 'ok' : 'err'],
  ],
  Stats: ({ clients, scripts, statistics: s }) => [
    ['total_connections_received', s.connections],
    ['total_commands_processed', s.commands],
    ['rejected_connections', s.rejected],
    ['expired_keys', s.expired],
    ['evicted_keys', 0],
    ['keyspace_hits', s.hits],
    ['keyspace_misses', s.misses],
    ['pubsub_channels', new Set([...clients.values()].flatMap(({ channels }) => [...channels])).size],
    ['pubsub_patterns', new Set([...clients.values()].flatMap(({ patterns }) => [...patterns])).size],
    ['number_of_cached_scripts', scripts.size],
    ['total_error_replies', s.errors],
  ],
  Replication: () => [
    ['role', 'master'],
    ['connected_slaves', 0],
  ],
  Keyspace: ({ databases }) =>
    databases
      .filter(({ size }) => size > 0)
      .map((db) => [`db${db.index}`, `keys=${db.size},expires=${db.expiring},avg_ttl=0`] as const),
};

function info({ broker }: Call, args: readonly string[]): Reply {
  const wanted = new Set(args.slice(1).map((name) => name.toLowerCase()));
  const all = wanted.size === 0 || ['all', 'default', 'everything'].some((name) => wanted.has(name));
  const sections = Object.entries(SECTIONS).filter(([name]) => all || wanted.has(name.toLowerCase()));
  const text = sections.map(([name, lines]) => {
    return `# ${name}\r\n${lines(broker)
      .map(([key, value]) => `${key}:${value}\r\n`)
      .join('')}`;
  });
  return { verbatim: text.join('\r\n') };
}

function configGet({ broker: { settings } }: Call, args: readonly string[]): Reply {
  const patterns = args.slice(2).map((pattern) => pattern.toLowerCase());
  const names = [...settings.names()].filter((name) => patterns.some((pattern) => matches(pattern, name)));
  return { map: names.map((name) => [name, settings.get(name)] as const) };
}

function configSet({ broker: { settings } }: Call, args: readonly string[]): Reply {
  const words = args.slice(2);
  if (words.length % 2 === 1) throw syntax();
  const pairs: [string, string][] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([(words[i] as string).toLowerCase(), words[i + 1] as string]);
  settings.change(pairs);
  return OK;
}

function describe({ name, arity, flags, keys, subcommands }: Command): Reply {
  const all: Reply[] = [...flags].map((flag) => ({ status: flag }));
  const subs = [...(subcommands?.values() ?? [])].map(describe);
  return [name, arity, { set: all }, ...keys, { set: [] }, { set: [] }, [], subs];
}

/** COMMAND GETKEYS. */
function getKeys({ broker }: Call, args: readonly string[]): Reply {
  const words = args.slice(2);
  let found: Command;
  try {
    found = broker.look(words);
  } catch {
    throw refuse('ERR Invalid command specified');
  }
  const [first, last, step] = found.keys;
  if (first === 0) throw refuse('ERR The command has no key arguments');
  const end = last < 0 ? words.length + last : last;
  return words.filter((_, i) => i >= first && i <= end && (i - first) % step === 0);
}

function monitor({ broker, client }: Call): Reply {
  if (!client.monitors) broker.statistics.monitors++;
  client.monitors = true;
  return OK;
}

function shutdown({ broker, client }: Call, args: readonly string[]): Reply {
  if (args.length > 4) throw syntax();
  for (const word of args.slice(1)) if (!/^(nosave|save|now|force|abort)$/i.test(word)) throw syntax();
  if (args.slice(1).some((word) => /^abort$/i.test(word))) throw refuse('ERR No shutdown in progress.');
  broker.stopping = true;
  client.closing = 'after';
  return SILENCE;
}

function debug({ broker }: Call, [, , text = '']: readonly string[]): Reply {
  // The server stands still so long, with everybody who waits for it.
  broker.sleeps += Math.min(Math.max(parseDouble(text) ?? 0, 0), 3600);
  return OK;
}

const all = 'loading stale';

export const serverCommands: readonly Command[] = [
  command('info', -1, all, '', info),
  command('time', 1, `${all} fast`, '', ({ now }) => [String(Math.floor(now / 1000)), String((now % 1000) * 1000)]),
  command('wait', 3, 'noscript', '', (_, [, replicas, timeout]) => {
    integer(replicas);
    if (integer(timeout) < 0) throw refuse('ERR timeout is negative');
    return 0;
  }),
  command('lastsave', 1, `${all} fast`, '', ({ broker }) => Math.floor(broker.statistics.started / 1000)),
  command('role', 1, `${all} noscript fast`, '', () => ['master', 0, []]),
  command('monitor', 1, `admin noscript ${all}`, '', monitor),
  command('shutdown', -1, `admin noscript ${all}`, '', shutdown),
  container('debug', [command('sleep', 3, `admin noscript ${all}`, '', debug)]),
  container('config', [
    command('get', -3, `admin noscript ${all}`, '', configGet),
    command('set', -4, `admin noscript ${all}`, '', configSet),
    command('resetstat', 2, `admin noscript ${all}`, '', ({ broker: { statistics } }) => {
      Object.assign(statistics, {
        commands: 0,
        connections: 0,
        errors: 0,
        expired: 0,
        hits: 0,
        misses: 0,
        rejected: 0,
      });
      return OK;
    }),
  ]),
  {
    ...container('command', [
      command('count', 2, all, '', ({ broker }) => broker.commands.size),
      command('list', -2, all, '', ({ broker }) => [...broker.commands.keys()]),
      command('info', -2, all, '', ({ broker }, args) =>
        args.slice(2).map((name) => {
          const found = broker.commands.get(name.toLowerCase());
          return found ? describe(found) : null;
        }),
      ),
      command('docs', -2, all, '', () => ({ map: [] })),
      command('getkeys', -4, all, '', getKeys),
    ]),
    arity: -1,
    run: ({ broker }) => [...broker.commands.values()].map(describe),
  },
];
