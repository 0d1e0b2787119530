/** `node src/conformance/redis/fuzz.ts [SEED [COMMANDS]]`: made-up commands to our broker and to a real server; the first difference. */
import { request, show } from './scenario.ts';
import { OurServer, RealServer } from './scenario-servers.ts';

const KEYS = ['a', 'b', 'c', 'd'];
/** `k` a key, `v` a value, `f` a field, `n` a number, `i` an index, `s` a score, `I` a stream's ID, `g` a group, `w` a consumer. */
const SHAPES = `
SET k v|SET k v NX|SET k v XX GET|GET k|APPEND k v|INCRBY k n|GETDEL k|STRLEN k|GETRANGE k i i|SETRANGE k n v|MGET k k|INCRBYFLOAT k s|DEL k|DEL k|DEL k k|EXISTS k k
TYPE k|RENAME k k|COPY k k REPLACE|PERSIST k|EXPIRE k 1000|EXPIRE k 1000 NX|TTL k
LPUSH k v v|RPUSH k v|LPOP k|RPOP k n|LRANGE k i i|LTRIM k i i|LREM k i v|LINSERT k BEFORE v v|LSET k i v|LINDEX k i|LMOVE k k LEFT RIGHT|RPOPLPUSH k k|LPOS k v RANK i|LMPOP 2 k k LEFT COUNT n|LLEN k
BLPOP k k 0.001|BRPOP k 0.001|BLMOVE k k LEFT LEFT 0.001
HSET k f v f v|HGET k f|HDEL k f|HGETALL k|HINCRBY k f n|HMGET k f f|HLEN k|HSETNX k f v|HSTRLEN k f
ZADD k s v s v|ZADD k NX s v|ZADD k GT CH s v|ZADD k INCR s v|ZRANGE k i i WITHSCORES|ZRANGE k i i REV|ZRANGEBYSCORE k s s|ZRANGE k s s BYSCORE LIMIT n n|ZPOPMIN k n|ZPOPMAX k|ZREM k v|ZSCORE k v|ZRANK k v|ZCOUNT k s s|ZINCRBY k s v|ZREMRANGEBYRANK k i i|ZUNIONSTORE k 2 k k|ZINTERSTORE k 2 k k WEIGHTS n n|ZDIFF 2 k k WITHSCORES|ZMPOP 1 k MIN COUNT n
XADD k I f v|XADD k I f v|XADD k MAXLEN n I f v|XLEN k|XRANGE k - +|XRANGE k I I COUNT n|XREVRANGE k + I|XDEL k I|XTRIM k MAXLEN n|XTRIM k MINID I|XGROUP CREATE k g 0|XGROUP CREATE k g $ MKSTREAM|XGROUP SETID k g I|XGROUP DESTROY k g|XGROUP DELCONSUMER k g w|XREADGROUP GROUP g w COUNT n STREAMS k >|XREADGROUP GROUP g w STREAMS k >|XREADGROUP GROUP g w STREAMS k 0|XREADGROUP GROUP g w NOACK STREAMS k >|XACK k g I|XPENDING k g|XCLAIM k g w 0 I JUSTID|XCLAIM k g w 0 I|XCLAIM k g w 0 I FORCE|XAUTOCLAIM k g w 0 0 COUNT n|XREAD COUNT n STREAMS k I|XINFO STREAM k|XINFO GROUPS k
SADD k n n|SREM k n|SCARD k|SISMEMBER k n|SMISMEMBER k n n|SINTERCARD 2 k k|SDIFFSTORE k k k|SUNIONSTORE k k k|SMOVE k k n
MULTI|EXEC|EXEC|DISCARD|WATCH k|UNWATCH|SELECT 1|SELECT 0|FLUSHDB
`
  .trim()
  .split(/[|\n]/);

const [seed = '1', count = '5000'] = process.argv.slice(2);
let state = Number(seed) >>> 0 || 1;
function below(bound: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
}
const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
const WORDS: Readonly<Record<string, () => string>> = {
  k: () => pick(KEYS),
  v: () => pick(['x', 'y', 'z', '1', '10', 'abc']),
  f: () => pick(['f1', 'f2', '3']),
  n: () => pick(['0', '1', '2', '3', '-1', 'q']),
  i: () => pick(['0', '1', '2', '-1', '-2', '5', '-7']),
  s: () => pick(['0', '1', '2.5', '-1', '3', '(2', '+inf', '-inf', '0.1']),
  I: () => pick(['1-1', '2-1', '2-2', '3-0', '5', '7-7', `${below(40)}-${below(3)}`]),
  g: () => pick(['g1', 'g2']),
  w: () => pick(['w1', 'w2', 'w3']),
};

const real = await RealServer.start();
const ours = new OurServer();
await real.clear();
await real.connect('A');
await ours.connect('A');
const last: string[] = [];
for (let i = 0; i < Number(count); i++) {
  const words = pick(SHAPES)
    .split(' ')
    .map((word) => WORDS[word]?.() ?? word);
  last.push(words.join(' '));
  const answers: string[] = [];
  for (const server of [real, ours]) {
    await server.send('A', request(words), false);
    const reply = await server.next('A', 3000);
    const shown = reply === null || reply === 'closed' ? String(reply) : show(reply, '');
    answers.push(shown.replace(/"id" :\d+/g, '"id"'));
  }
  if (answers[0] === answers[1]) continue;
  console.log(
    `${last.slice(-25).join('\n')}\n  real ${answers[0]}\n  ours ${answers[1]}   (seed ${seed}, command ${i})`,
  );
  process.exitCode = 1;
  break;
}
await real.stop();
