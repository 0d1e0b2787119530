/** Commands about the connection itself: HELLO, AUTH, CLIENT, PING. */
import { integer, Options } from './arguments.ts';
import type { Client } from './client.ts';
import { type Call, type Command, command, container } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { parseBig } from './numbers.ts';
import { OK, type Reply, SILENCE } from './replies.ts';
import { VERSION } from './version.ts';

const WRONG_PASSWORD = 'WRONGPASS invalid username-password pair or user is disabled.';
const PRINTABLE = /^[!-~]*$/;

function logIn({ broker, client }: Call, user: string, password: string): void {
  const wanted = broker.settings.password;
  if (user !== 'default' || (wanted !== '' && password !== wanted)) throw refuse(WRONG_PASSWORD);
  client.authenticated = true;
}

function auth(call: Call, args: readonly string[]): Reply {
  if (args.length > 3) throw syntax();
  if (args.length === 2 && call.broker.settings.password === '') {
    throw refuse(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }
  logIn(call, args.length === 3 ? (args[1] as string) : 'default', args.at(-1) as string);
  return OK;
}

function setName(client: Client, name: string): void {
  if (!PRINTABLE.test(name)) throw refuse('ERR Client names cannot contain spaces, newlines or special characters.');
  client.name = name;
}

function hello(call: Call, args: readonly string[]): Reply {
  const { broker, client } = call;
  let protocol = client.protocol;
  if (args.length > 1) {
    const version = parseBig(args[1] as string);
    if (version === null) throw refuse('ERR Protocol version is not an integer or out of range');
    if (version !== 2n && version !== 3n) throw refuse('NOPROTO unsupported protocol version');
    protocol = version === 3n ? 3 : 2;
  }
  const options = new Options(args, 2);
  let login: readonly [string, string] | null = null;
  let name: string | null = null;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option === 'auth' && options.left >= 2) login = [options.value(), options.value()];
    else if (option === 'setname' && options.left >= 1) name = options.value();
    else {
      options.back();
      throw refuse(`ERR Syntax error in HELLO option '${options.value()}'`);
    }
  }
  if (login) logIn(call, ...login);
  if (!broker.knows(client)) {
    throw refuse(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  }
  if (name !== null) setName(client, name);
  client.protocol = protocol;
  return {
    map: [
      ['server', 'redis'],
      ['version', VERSION],
      ['proto', protocol],
      ['id', client.id],
      ['mode', 'standalone'],
      ['role', 'master'],
      ['modules', []],
    ],
  };
}

function ping({ client }: Call, args: readonly string[]): Reply {
  if (args.length > 2) throw refuse("ERR wrong number of arguments for 'ping' command");
  if (client.protocol === 2 && client.subscriptions > 0) return ['pong', args[1] ?? ''];
  return args[1] ?? { status: 'PONG' };
}

export function clientLine(client: Client, now: number): string {
  const flags = `${client.monitors ? 'O' : ''}${client.blocked ? 'b' : ''}${client.queued ? 'x' : ''}${client.subscriptions > 0 ? 'P' : ''}${client.outdated ? 'd' : ''}`;
  const fields = {
    id: client.id,
    addr: client.address,
    laddr: client.localAddress,
    fd: client.id + 7,
    name: client.name,
    age: Math.floor((now - client.since) / 1000),
    idle: Math.floor((now - client.lastActive) / 1000),
    flags: flags || 'N',
    db: client.db.index,
    sub: client.channels.size,
    psub: client.patterns.size,
    multi: client.queued ? client.queued.length : -1,
    qbuf: client.requests.size,
    obl: client.unsent,
    events: 'r',
    cmd: client.lastCommand,
    user: 'default',
    redir: -1,
    resp: client.protocol,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function list({ broker, now }: Call, args: readonly string[]): Reply {
  let wanted = [...broker.clients.values()];
  const what = args[2]?.toLowerCase();
  if (what === 'id' && args.length > 3) {
    const ids = args.slice(3).map((text) => {
      const id = parseBig(text);
      if (id === null || id < 1n) throw refuse('ERR Invalid client ID');
      return Number(id);
    });
    wanted = ids.map((id) => broker.clients.get(id)).filter((client) => client !== undefined);
  } else if (what === 'type' && args.length === 4) {
    const kind = args[3]?.toLowerCase();
    if (!['normal', 'pubsub', 'master', 'replica', 'slave'].includes(kind as string))
      throw refuse(`ERR Unknown client type '${args[3]}'`);
    wanted = wanted.filter(({ subscriptions }) => (subscriptions > 0 ? 'pubsub' : 'normal') === kind);
  } else if (args.length > 2) throw syntax();
  return { verbatim: `${wanted.map((client) => clientLine(client, now)).join('\n')}\n` };
}

function kill({ broker, client: me }: Call, args: readonly string[]): Reply {
  const close = (client: Client) => {
    if (client === me) client.closing = 'after';
    else {
      client.take();
      client.closing = 'now';
    }
  };
  const all = [...broker.clients.values()];
  if (args.length === 3) {
    const found = all.find(({ address }) => address === args[2]);
    if (!found) throw refuse('ERR No such client');
    close(found);
    return OK;
  }
  const options = new Options(args, 2);
  const tests: ((client: Client) => boolean)[] = [];
  let skipMe = true;
  for (let option = options.next(); option !== null; option = options.next()) {
    const value = options.value();
    if (option === 'id') {
      const id = parseBig(value);
      if (id === null || id < 1n) throw refuse('ERR client-id should be greater than 0');
      tests.push((client) => client.id === Number(id));
    } else if (option === 'addr') tests.push(({ address }) => address === value);
    else if (option === 'laddr') tests.push(({ localAddress }) => localAddress === value);
    else if (option === 'user') tests.push(() => value === 'default');
    else if (option === 'type')
      tests.push(({ subscriptions }) => (subscriptions > 0 ? 'pubsub' : 'normal') === value.toLowerCase());
    else if (option === 'skipme' && /^(yes|no)$/i.test(value)) skipMe = value.toLowerCase() === 'yes';
    else throw syntax();
  }
  const found = all.filter((client) => tests.every((test) => test(client)) && !(skipMe && client === me));
  for (const client of found) close(client);
  return found.length;
}

function unblock({ broker }: Call, [, , id, how = 'timeout']: readonly string[]): Reply {
  const client = broker.clients.get(integer(id));
  const kind = how.toLowerCase();
  if (kind !== 'timeout' && kind !== 'error') throw refuse('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  if (!client?.blocked) return 0;
  broker.finish(
    client,
    kind === 'error' ? { error: 'UNBLOCKED client unblocked via CLIENT UNBLOCK' } : client.blocked.wait.over,
  );
  return 1;
}

function setReplies({ client }: Call, [, , how = '']: readonly string[]): Reply {
  const mode = how.toLowerCase();
  if (mode === 'on') {
    client.replies = 'on';
    return OK;
  }
  if (mode === 'off') client.replies = 'off';
  else if (mode === 'skip') client.replies = client.replies === 'off' ? 'off' : 'skip next';
  else throw syntax();
  return SILENCE;
}

function reset({ broker, client }: Call): Reply {
  broker.endTransaction(client);
  client.channels.clear();
  client.patterns.clear();
  if (client.monitors) broker.statistics.monitors--;
  client.monitors = false;
  client.name = '';
  client.protocol = 2;
  client.replies = 'on';
  client.db = broker.databases[0] as Client['db'];
  client.authenticated = broker.settings.password === '';
  return { status: 'RESET' };
}

export const connections: readonly Command[] = [
  command('ping', -1, 'fast', '', ping),
  command('echo', 2, 'fast', '', (_, args) => args[1] as string),
  command('auth', -2, 'noscript loading stale fast no_auth', '', auth),
  command('hello', -1, 'noscript loading stale fast no_auth', '', hello),
  command('reset', 1, 'noscript loading stale fast no_auth', '', reset),
  command('quit', -1, 'noscript loading stale fast no_auth', '', ({ client }) => {
    client.closing = 'after';
    return OK;
  }),
  container('client', [
    command('id', 2, 'noscript loading stale', '', ({ client }) => client.id),
    command('getname', 2, 'noscript loading stale', '', ({ client }) => client.name || null),
    command('setname', 3, 'noscript loading stale', '', ({ client }, args) => {
      setName(client, args[2] as string);
      return OK;
    }),
    command('setinfo', 4, 'noscript loading stale', '', ({ client }, [, , what = '', value = '']) => {
      const name = what.toLowerCase();
      if (name !== 'lib-name' && name !== 'lib-ver') throw refuse(`ERR Unrecognized option '${what}'`);
      if (!PRINTABLE.test(value)) throw refuse(`ERR ${name} cannot contain spaces, newlines or special characters.`);
      if (name === 'lib-name') client.library = value;
      else client.libraryVersion = value;
      return OK;
    }),
    command('info', 2, 'noscript loading stale', '', ({ client, now }) => ({
      verbatim: `${clientLine(client, now)}\n`,
    })),
    command('list', -2, 'admin noscript loading stale', '', list),
    command('kill', -3, 'admin noscript loading stale', '', kill),
    command('unblock', -3, 'admin noscript loading stale', '', unblock),
    command('reply', 3, 'noscript loading stale', '', setReplies),
    command('no-evict', 3, 'admin noscript loading stale', '', ({ client }, [, , how = '']) => {
      if (!/^(on|off)$/i.test(how)) throw syntax();
      client.noEvict = how.toLowerCase() === 'on';
      return OK;
    }),
    command('no-touch', 3, 'noscript loading stale', '', (_, [, , how = '']) => {
      if (!/^(on|off)$/i.test(how)) throw syntax();
      return OK;
    }),
  ]),
];
