/**
 * EVAL and its like, for scripts in the part of Lua that lua-syntax.ts knows: what locks, queues and rate limiters need.
 * A script runs as a whole, as in Redis; one in more of Lua than that is refused when it is compiled.
 */
import { bigInteger } from './arguments.ts';
import { isWaiting } from './client.ts';
import { type Call, type Command, command, container } from './command.ts';
import { CommandError, refuse, syntax } from './errors.ts';
import { type LuaFunction, LuaTable, type LuaValue, runLua, spellNumber } from './lua.ts';
import { LuaError, parseLua, type Statement } from './lua-syntax.ts';
import { formatDouble } from './numbers.ts';
import { isList, OK, type Reply } from './replies.ts';
import { sha1 } from './sha1.ts';

/** Bytes of scripts that are kept. */
const MOST_KEPT = 4 * 1024 * 1024;

function compile(text: string): readonly Statement[] {
  try {
    return parseLua(text);
  } catch (error) {
    if (!(error instanceof LuaError)) throw error;
    throw refuse(`ERR Error compiling script (new function): ${error.message}`);
  }
}

function keep({ broker }: Call, text: string): string {
  const name = sha1(text);
  if (broker.scripts.has(name)) return name;
  let size = text.length;
  for (const kept of broker.scripts.values()) size += kept.length;
  if (size > MOST_KEPT) throw refuse('OOM the server keeps too many scripts');
  broker.scripts.set(name, text);
  return name;
}

function evaluate(call: Call, args: readonly string[], text: string, writes: boolean): Reply {
  const count = bigInteger(args[2]);
  if (count > BigInt(args.length - 3)) throw refuse("ERR Number of keys can't be greater than number of args");
  if (count < 0n) throw refuse("ERR Number of keys can't be negative");
  const body = compile(text);
  const keys = args.slice(3, 3 + Number(count));
  const { broker } = call;
  const from = broker.logged;
  const wasAtomic = broker.atomic;
  broker.atomic = true;
  try {
    const redis = new LuaTable();
    redis.set('call', asLua(call, writes, true));
    redis.set('pcall', asLua(call, writes, false));
    redis.set('error_reply', ([message = '']) => errorTable(asText(message)));
    redis.set('status_reply', ([message = '']) => statusTable(asText(message)));
    redis.set('sha1hex', ([value = '']) => sha1(asText(value)));
    const words = args.slice(3 + Number(count));
    return fromLua(runLua(body, { redis, KEYS: LuaTable.of(keys), ARGV: LuaTable.of(words) }));
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof LuaError)) throw error;
    const code = error instanceof CommandError ? '' : 'ERR ';
    throw refuse(`${code}${error.message} script: ${sha1(text)}, on @user_script:1.`);
  } finally {
    broker.atomic = wasAtomic;
    if (!wasAtomic) broker.bracket(from);
  }
}

/** redis.call, which ends the script when a command fails, and redis.pcall. */
function asLua({ broker, client }: Call, writes: boolean, raises: boolean): LuaFunction {
  return (args) => {
    try {
      if (args.length === 0) throw refuse('ERR Please specify at least one argument for this redis.call() call');
      const words = args.map(asText);
      const found = broker.commands.has((words[0] as string).toLowerCase()) ? broker.look(words) : null;
      if (!found) throw refuse('ERR Unknown Redis command called from script');
      if (found.flags.has('noscript')) throw refuse('ERR This Redis command is not allowed from script');
      if (!writes && found.flags.has('write'))
        throw refuse('ERR Write commands are not allowed from read-only scripts.');
      const reply = broker.call(client, found, words);
      return toLua(isWaiting(reply) ? reply.wait.over : reply);
    } catch (error) {
      if (!(error instanceof CommandError) || raises) throw error;
      return errorTable(error.message);
    }
  };
}

function asText(value: LuaValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? spellNumber(value) : formatDouble(value);
  throw refuse('ERR Lua redis lib command arguments must be strings or integers');
}

function errorTable(message: string): LuaTable {
  const table = new LuaTable();
  table.set('err', /^[A-Z]+ /.test(message) ? message : `ERR ${message}`);
  return table;
}

function statusTable(message: string): LuaTable {
  const table = new LuaTable();
  table.set('ok', message);
  return table;
}

function toLua(reply: Reply): LuaValue {
  if (typeof reply === 'string' || typeof reply === 'number') return reply;
  if (typeof reply === 'bigint') return Number(reply);
  if (reply === null) return false;
  if (isList(reply)) return LuaTable.of(reply.map(toLua));
  if ('status' in reply) return statusTable(reply.status);
  if ('error' in reply) return errorTable(reply.error);
  if ('map' in reply) return LuaTable.of(reply.map.flat().map(toLua));
  if ('set' in reply) return LuaTable.of(reply.set.map(toLua));
  if ('double' in reply) return formatDouble(reply.double);
  if ('verbatim' in reply) return reply.verbatim;
  return false;
}

/** Tables in tables are followed so far. */
const DEEPEST = 100;

function fromLua(value: LuaValue, depth = 0): Reply {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : 0;
  if (value === true) return 1;
  if (!(value instanceof LuaTable)) return null;
  if (depth > DEEPEST) return { error: 'ERR reached lua stack limit' };
  const [ok, err] = [value.get('ok'), value.get('err')];
  if (typeof err === 'string') return { error: err };
  if (typeof ok === 'string') return { status: ok };
  return Array.from({ length: value.length }, (_, i) => fromLua(value.get(i + 1), depth + 1));
}

function evalText(writes: boolean) {
  return (call: Call, args: readonly string[]): Reply => {
    const text = args[1] as string;
    compile(text);
    keep(call, text);
    return evaluate(call, args, text, writes);
  };
}

function evalKept(writes: boolean) {
  return (call: Call, args: readonly string[]): Reply => {
    const text = call.broker.scripts.get((args[1] as string).toLowerCase());
    if (text === undefined) throw refuse('NOSCRIPT No matching script. Please use EVAL.');
    return evaluate(call, args, text, writes);
  };
}

export const scripting: readonly Command[] = [
  command('eval', -3, 'noscript stale movablekeys', '', evalText(true)),
  command('evalsha', -3, 'noscript stale movablekeys', '', evalKept(true)),
  command('eval_ro', -3, 'noscript stale readonly movablekeys', '', evalText(false)),
  command('evalsha_ro', -3, 'noscript stale readonly movablekeys', '', evalKept(false)),
  container('script', [
    command('load', 3, 'noscript stale', '', (call, args) => {
      compile(args[2] as string);
      return keep(call, args[2] as string);
    }),
    command('exists', -3, 'noscript', '', ({ broker }, args) =>
      args.slice(2).map((name) => (broker.scripts.has(name.toLowerCase()) ? 1 : 0)),
    ),
    command('flush', -2, 'noscript', '', ({ broker }, args) => {
      if (args.length > 3 || (args[2] !== undefined && !/^(a?sync)$/i.test(args[2]))) throw syntax();
      broker.scripts.clear();
      return OK;
    }),
    command('kill', 2, 'noscript', '', () => {
      throw refuse('NOTBUSY No scripts in execution right now.');
    }),
  ]),
];
