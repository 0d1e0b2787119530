/** Commands on how long a key lives. */
import { Options } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { notInteger, refuse } from './errors.ts';
import { parseBig } from './numbers.ts';
import type { Reply } from './replies.ts';

const LARGEST = 2n ** 63n - 1n;

/** Milliseconds since 1970 of an expiry: `unit` is an option's name (ex, px, exat, pxat), `name` the command's. */
export function expiryTime(text: string, unit: string, now: number, name: string): number {
  const given = parseBig(text);
  if (given === null) throw notInteger();
  const invalid = () => refuse(`ERR invalid expire time in '${name}' command`);
  if (given <= 0n) throw invalid();
  return absolute(given, unit, now) ?? fail(invalid());
}

function fail(error: Error): never {
  throw error;
}

function absolute(given: bigint, unit: string, now: number): number | null {
  const milliseconds = unit.startsWith('ex') ? given * 1000n : given;
  const at = milliseconds + (unit.endsWith('at') ? 0n : BigInt(now));
  return at > LARGEST || milliseconds > LARGEST || at < -LARGEST ? null : Number(at);
}

function expire(unit: 'ex' | 'px' | 'exat' | 'pxat') {
  return (call: Call, args: readonly string[]): Reply => {
    const [name, key, time] = args as readonly [string, string, string];
    const flags = new Set<string>();
    const options = new Options(args, 3);
    for (let option = options.next(); option !== null; option = options.next()) {
      if (!['nx', 'xx', 'gt', 'lt'].includes(option))
        throw refuse(`ERR Unsupported option ${args[2 + flags.size + 1]}`);
      flags.add(option);
    }
    if (flags.has('nx') && flags.size > 1)
      throw refuse('ERR NX and XX, GT or LT options at the same time are not compatible');
    if (flags.has('gt') && flags.has('lt')) throw refuse('ERR GT and LT options at the same time are not compatible');
    const given = parseBig(time);
    if (given === null) throw notInteger();
    const at = absolute(given, unit, call.now);
    if (at === null) throw refuse(`ERR invalid expire time in '${name.toLowerCase()}' command`);
    if (!call.db.find(key)) return 0;
    const before = call.db.expiry(key);
    if (flags.has('nx') && before !== null) return 0;
    if (flags.has('xx') && before === null) return 0;
    if (flags.has('gt') && (before === null || at <= before)) return 0;
    if (flags.has('lt') && before !== null && at >= before) return 0;
    if (at <= call.now && !call.broker.loading) {
      call.db.delete(key);
      call.rewrite(['DEL', key]);
    } else {
      call.db.expire(key, at);
      call.rewrite(['PEXPIREAT', key, String(at)]);
    }
    call.changed(key);
    return 1;
  };
}

/** What is left; or the time itself if `whole`. */
function left(divisor: 1 | 1000, whole: boolean) {
  return ({ db, now }: Call, args: readonly string[]): Reply => {
    const key = args[1] as string;
    if (!db.find(key)) return -2;
    const at = db.expiry(key);
    if (at === null) return -1;
    const milliseconds = whole ? at : Math.max(at - now, 0);
    return divisor === 1 ? milliseconds : Math.floor((milliseconds + 500) / 1000);
  };
}

function persist(call: Call, [, key = '']: readonly string[]): Reply {
  if (!call.db.find(key) || call.db.expiry(key) === null) return 0;
  call.db.expire(key, null);
  call.changed(key);
  return 1;
}

export const expiry: readonly Command[] = [
  command('expire', -3, 'write fast', '1 1 1', expire('ex')),
  command('pexpire', -3, 'write fast', '1 1 1', expire('px')),
  command('expireat', -3, 'write fast', '1 1 1', expire('exat')),
  command('pexpireat', -3, 'write fast', '1 1 1', expire('pxat')),
  command('ttl', 2, 'readonly fast', '1 1 1', left(1000, false)),
  command('pttl', 2, 'readonly fast', '1 1 1', left(1, false)),
  command('expiretime', 2, 'readonly fast', '1 1 1', left(1000, true)),
  command('pexpiretime', 2, 'readonly fast', '1 1 1', left(1, true)),
  command('persist', 2, 'write fast', '1 1 1', persist),
];
