/** The machine's redis-server, as something that strangers can reach and fill. */
import type { Attack } from './attack.ts';

const START = `
import socket, subprocess, time, os
server = subprocess.Popen(["redis-server", "--port", "7000"], stdout=subprocess.DEVNULL)
def connect():
    for _ in range(100):
        try: return socket.create_connection(("127.0.0.1", 7000), timeout=2)
        except OSError: time.sleep(0.01)
def ask(data, size=200):
    with connect() as s:
        try:
            s.sendall(data)
            return s.recv(size)
        except OSError as error:
            return type(error).__name__.encode()
def alive():
    print("alive", ask(b"PING\\r\\n") == b"+PONG\\r\\n", server.poll())
    server.kill(); server.wait()
`;

const broker = (name: string, source: string, rest: Partial<Attack> = {}): Attack => ({
  name: `the broker: ${name}`,
  why: 'it must answer with an error, close the connection or refuse for want of room, and go on',
  source: `${START}${source}\nalive()\n`,
  ends: { kind: 'exit', code: 0 },
  prints: /alive True None\n$/,
  ungraded: true,
  ...rest,
});

export const BROKER_ATTACKS: readonly Attack[] = [
  broker(
    'garbage',
    `
import random
random.seed(5)
for data in (b"\\0" * 5000, b"\\xff\\xfe\\r\\n", b"*\\r\\n", b"*1\\r\\n$\\r\\n", b"*99999999999999999999\\r\\n", b"*2147483647\\r\\n", b"$5\\r\\nhello\\r\\n",
             b"*1\\r\\n$999999999999\\r\\n", b"*3\\r\\n$3\\r\\nSET\\r\\n", b"GET " + b"a" * 100_000 + b"\\r\\n", b"a" * 200_000, b"'" * 60_000 + b"\\r\\n",
             b"POST / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n", b"\\r\\n" * 50_000 + b"PING\\r\\n"):
    print(len(ask(data)))
for _ in range(200):
    data = bytes(random.randrange(256) if random.random() < 0.3 else random.choice(b"*$13\\r\\n\\r\\nGETSX ") for _ in range(60))
    with connect() as s:
        s.sendall(data)
`,
  ),
  broker(
    'requests that never end, many of them',
    `
held = [connect() for _ in range(100)]
for s in held: s.sendall(b"*1000000\\r\\n" + b"$1\\r\\na\\r\\n" * 500)
big = connect(); big.sendall(b"*2\\r\\n$4\\r\\nECHO\\r\\n$500000000\\r\\n")
big.settimeout(1)
try:
    for _ in range(200): big.sendall(b"x" * 500_000)
except OSError as error: print(type(error).__name__)
for s in held: s.close()
big.close()
`,
    { ends: [{ kind: 'exit' }, { kind: 'limit' }], prints: /^/ },
  ),
  broker(
    'who reads no replies',
    `
print(ask(b"*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nk\\r\\n$1000000\\r\\n" + b"x" * 1_000_000 + b"\\r\\n"))
slow = connect(); slow.settimeout(0.5)
try:
    for _ in range(400): slow.sendall(b"MGET" + b" k" * 200 + b"\\r\\n")
except OSError as error: print(type(error).__name__)
deaf = connect(); deaf.sendall(b"SUBSCRIBE c\\r\\n")
for _ in range(40): ask(b"*3\\r\\n$7\\r\\nPUBLISH\\r\\n$1\\r\\nc\\r\\n$1000000\\r\\n" + b"x" * 1_000_000 + b"\\r\\n")
`,
    { ends: [{ kind: 'exit' }, { kind: 'limit' }], prints: /^/ },
  ),
  broker(
    'more data than there is room for',
    `
with connect() as s:
    s.settimeout(5)
    for n in range(140):
        s.sendall(b"*3\\r\\n$3\\r\\nSET\\r\\n$3\\r\\n%03d\\r\\n$1000000\\r\\n" % n + b"x" * 1_000_000 + b"\\r\\n")
        answer = s.recv(200)
        if not answer.startswith(b"+OK"): break
    print(n, answer)
print(ask(b"SETRANGE z 4000000000 x\\r\\n"), ask(b"SETRANGE z 33000000 x\\r\\n"), ask(b"DEL 000 001\\r\\n"))
for n in range(30): ask(b"COPY 002 copy%d\\r\\n" % n); ask(b"APPEND a %s\\r\\n" % (b"y" * 60_000))
`,
    { prints: /OOM[\s\S]*alive True None\n$/ },
  ),
  broker(
    'scripts and patterns without end',
    `
for script in (b"while true do end", b"local s = 'x' while true do s = s .. s end", b"local t = {} for i = 1, 1e12 do t[i] = i end",
               b"return " + b"(" * 5000, b"return " + b"{" * 5000, b"return " + b"-" * 20_000 + b"1", b"local t = {} t[1] = t return t",
               b"for i = 1, 1e9 do redis.call('rpush', 'l', i) end", b"return redis.call('eval', 'return 1', 0)", b"if " * 3000):
    print(ask(b"*3\\r\\n$4\\r\\nEVAL\\r\\n$%d\\r\\n%s\\r\\n$1\\r\\n0\\r\\n" % (len(script), script))[:60])
ask(b"SET %s 1\\r\\n" % (b"a" * 50_000))
print(ask(b"KEYS %sb\\r\\n" % (b"*a" * 2_000)))
print(ask(b"PSUBSCRIBE %sb\\r\\n" % (b"*a" * 2_000))[:20])
`,
    { ends: [{ kind: 'exit' }, { kind: 'limit' }], prints: /^/ },
  ),
  broker(
    'numbers beyond all bounds',
    `
HUGE = b"9223372036854775807"
for line in (b"LRANGE l -%s %s" % (HUGE, HUGE), b"RPUSH l a b", b"LPOP l %s" % HUGE, b"LTRIM l %s -%s" % (HUGE, HUGE), b"SRANDMEMBER s -%s" % HUGE,
             b"HRANDFIELD h -%s" % HUGE, b"SETRANGE k %s x" % HUGE, b"GETRANGE k -%s %s" % (HUGE, HUGE), b"XADD x MAXLEN %s * a b" % HUGE,
             b"XRANGE x - + COUNT %s" % HUGE, b"ZADD z 1e308 a", b"ZINCRBY z 1e308 a", b"ZRANGEBYSCORE z -inf inf LIMIT 0 %s" % HUGE,
             b"EXPIRE x %s" % HUGE, b"PEXPIREAT x %s" % HUGE, b"BLPOP q 1e300", b"XAUTOCLAIM x g c 0 0 COUNT %s" % HUGE, b"SCAN %s COUNT %s" % (HUGE, HUGE),
             b"INCRBYFLOAT f 1e4000", b"SELECT %s" % HUGE, b"DEBUG SLEEP -1", b"CONFIG SET maxmemory 99999999gb", b"CLIENT UNBLOCK %s" % HUGE,
             b"LMPOP %s l LEFT" % HUGE, b"EVAL 'return 1' %s" % HUGE, b"OBJECT FREQ x", b"SWAPDB %s 0" % HUGE, b"XCLAIM x g c %s 1-1" % HUGE):
    print(line[:20], ask(line + b"\\r\\n")[:50])
`,
  ),
];
