"""What a program sees of redis-py. client_program.txt is what it prints under the real one against a real server:

    redis-server --port 7391 --save "" & REDIS_PORT=7391 /usr/bin/python3 client_program.py

It begins with FLUSHALL. src/interpreter/redis.test.ts runs it with our client against our server.
"""
import sys, time, threading, os
import redis
PORT = int(os.environ.get("REDIS_PORT", "6379"))
r = redis.Redis(port=PORT); r.flushall()
d = redis.Redis(port=PORT, decode_responses=True)
def show(*a): print(*a, flush=True)
def err(f):
    try: show("no error", f())
    except Exception as e: show(type(e).__name__, [k.__name__ for k in type(e).__mro__ if k.__module__.startswith("redis")], e)
show(r.set("k", "v"), r.get("k"), d.get("k"), r.get("no"), r.set("k", "w", nx=True), r.set("k", 5, ex=100), r.ttl("k"), r.incr("k"), r.incr("k", 5), r.decr("k"), r.incrbyfloat("k", 1.5))
show(r.set("k", 1, get=True), r.mset({"a": 1, "b": 2}), r.mget("a", "b", "c"), r.mget(["a", "b"]), r.exists("a", "b", "zz"), r.delete("a", "b"), r.expire("k", 10), r.expire("nokey", 10), r.persist("k"), r.type("k"), r.keys(), r.append("k", "xx"), r.strlen("k"), r.setnx("k", 1), r.getdel("k"), r.setex("e", 10, "v"), r.psetex("e", 1000, "v"), r.getex("e", ex=5))
show(r.rpush("l", 1, 2, 3), r.lrange("l", 0, -1), r.lpop("l"), r.lpop("l", 2), r.lpop("l"), r.lpush("q", "x"), r.blpop(["e1", "q"], timeout=1), r.brpop("q", timeout=1), r.rpoplpush("a", "b"), r.llen("q"))
show(r.rpush("m", "a", "b", "c"), r.lmove("m", "n", "LEFT", "RIGHT"), r.blmove("m", "n", 1, "RIGHT", "LEFT"), r.lrange("n", 0, -1), r.lset("n", 0, "z"), r.ltrim("n", 0, 0), r.lrem("n", 0, "z"), r.linsert("m", "BEFORE", "b", "aa"), r.lpos("m", "b"))
show(r.hset("h", "f", "v"), r.hset("h", mapping={"a": 1, "b": 2}), r.hgetall("h"), d.hgetall("h"), r.hget("h", "f"), r.hmget("h", "a", "zz"), r.hexists("h", "a"), r.hdel("h", "a"), r.hincrby("h", "n"), r.hincrbyfloat("h", "x", 1.5), r.hkeys("h"), r.hlen("h"), r.hgetall("nokey"), r.hsetnx("h", "f", 1))
show(r.sadd("s", "a", "b"), sorted(r.smembers("s")), r.sismember("s", "a"), r.scard("s"), r.srem("s", "a", "zz"), r.spop("s"), r.smembers("s"), r.sadd("s1", 1, 2), r.sadd("s2", 2, 3), r.sinter("s1", "s2"), sorted(r.sunion("s1", "s2")), r.sdiff("s1", "s2"))
show(r.zadd("z", {"a": 1, "b": 2.5}), r.zrange("z", 0, -1), r.zrange("z", 0, -1, withscores=True), r.zscore("z", "a"), r.zscore("z", "no"), r.zincrby("z", 2, "a"), r.zadd("z", {"a": 5}, incr=True), r.zadd("z", {"a": 1}, xx=True, ch=True), r.zrangebyscore("z", "-inf", "+inf", withscores=True), r.zrangebyscore("z", 0, 10, start=0, num=1), r.zcount("z", 0, 10), r.zrank("z", "b"), r.zcard("z"), r.zrevrange("z", 0, -1, withscores=True))
show(r.zpopmin("z"), r.zpopmax("z"), r.bzpopmin("z", timeout=0.01), r.zadd("z", {"q": 7}), r.bzpopmin("z", timeout=1), r.zremrangebyscore("z", 0, 1), r.zmscore("z", ["a"]) )
show(r.xadd("x", {"f": "v"}, id="1-1"), r.xadd("x", {"f": "w"}, id="2-1", maxlen=10), r.xlen("x"), r.xrange("x"), d.xrange("x", count=1), r.xrevrange("x"), r.xread({"x": 0}), r.xread({"x": "9-9"}), r.xread({"x": "$"}, block=10), r.xgroup_create("x", "g", 0), r.xreadgroup("g", "c", {"x": ">"}, count=1), r.xreadgroup("g", "c", {"x": ">"}), r.xreadgroup("g", "c", {"x": ">"}), d.xreadgroup("g", "c", {"x": "0"}))
p = r.xpending("x", "g"); show(p, d.xpending("x", "g"))
for row in r.xpending_range("x", "g", "-", "+", 10): row.pop("time_since_delivered"); show(row)
show(r.xclaim("x", "g", "c2", 0, ["1-1"]), r.xclaim("x", "g", "c2", 0, ["1-1"], justid=True), r.xautoclaim("x", "g", "c3", 0, "0-0", count=1), r.xautoclaim("x", "g", "c3", 0, justid=True), r.xack("x", "g", "1-1", "9-9"), r.xdel("x", "2-1"), r.xtrim("x", maxlen=0, approximate=False), r.xpending("x", "g")["pending"], r.xgroup_setid("x", "g", "0"), r.xgroup_createconsumer("x", "g", "zz"), r.xgroup_delconsumer("x", "g", "zz"))
i = r.xinfo_stream("x"); show({k: i[k] for k in ("length", "last-generated-id", "groups", "first-entry", "last-entry")})
g = r.xinfo_groups("x"); show([{k: x[k] for k in ("name", "consumers", "pending", "last-delivered-id")} for x in g])
c = r.xinfo_consumers("x", "g"); show([(x["name"], x["pending"]) for x in c], r.xgroup_destroy("x", "g"))
r.xadd("x", {"a": 1}, id="5-1"); i = d.xinfo_stream("x"); show(i["first-entry"], i["last-entry"])
err(lambda: r.xadd("x", {"a": 1}, id="5-1")); err(lambda: r.xgroup_create("x", "g") and r.xgroup_create("x", "g")); err(lambda: r.lpush("x", 1)); err(lambda: r.set("k", None)); err(lambda: r.set("k", True)); err(lambda: r.execute_command("NOSUCH", 1)); err(lambda: r.xreadgroup("nope", "c", {"x": ">"})); err(lambda: r.incr("x")); err(lambda: r.evalsha("0" * 40, 0)); err(lambda: r.set("k", [1])); err(lambda: r.zadd("z", {}))
try: redis.Redis(port=PORT, socket_timeout=0.05).blpop("nothing", timeout=5)
except redis.TimeoutError as e: show("timed out")
# pipelines
with r.pipeline() as pipe:
    pipe.set("a", 1).incr("a").lrange("nolist", 0, -1).hgetall("h2"); show(len(pipe), pipe.execute(), len(pipe))
show(r.pipeline(transaction=False).set("a", 1).get("a").execute(), r.pipeline().execute())
pipe = r.pipeline(); pipe.set("a", "x"); pipe.lpush("a", 1); pipe.get("a")
err(pipe.execute)
pipe = r.pipeline(); pipe.set("a", "x"); pipe.lpush("a", 1); pipe.get("a"); show([str(x) for x in pipe.execute(raise_on_error=False)])
pipe = r.pipeline(); pipe.execute_command("NOSUCH"); pipe.get("a"); err(pipe.execute)
pipe = r.pipeline(); pipe.watch("w"); show(pipe.get("w")); r.set("w", 1); pipe.multi(); pipe.set("w", 2); err(pipe.execute); show(r.get("w"))
def bump(pipe):
    v = int(pipe.get("w")); pipe.multi(); pipe.set("w", v + 1)
show(r.transaction(bump, "w"), r.get("w"), r.transaction(lambda p: (p.multi(), "val")[1], "w", value_from_callable=True))
# lock
lock = r.lock("lk", timeout=5); show(lock.acquire(), lock.owned(), lock.locked(), r.lock("lk", timeout=5).acquire(blocking=False), r.lock("lk", blocking_timeout=0.2).acquire(), lock.extend(5), 9 <= r.ttl("lk") <= 10, lock.reacquire(), lock.release(), lock.locked()); err(lock.release)
l2 = r.lock("lk", timeout=0.1); l2.acquire(); time.sleep(0.15); err(l2.release)
with r.lock("lk", timeout=3): show("inside", r.exists("lk"))
def busy():
    with r.lock("lk2", blocking_timeout=0.1): pass
r.set("lk2", "x"); err(busy)
# pubsub
ps = r.pubsub(); ps.subscribe("ch", "ch2"); ps.psubscribe("p*")
for _ in range(3): show(ps.get_message(timeout=1))
show(r.publish("ch", "hello"), r.publish("px", "pat"), ps.get_message(timeout=1), ps.get_message(timeout=1), ps.get_message(timeout=0.01), ps.get_message())
show(r.pubsub_channels(), r.pubsub_numsub("ch", "zz"), r.pubsub_numpat())
ps.unsubscribe(); ps.punsubscribe(); show([ps.get_message(timeout=1)["type"] for _ in range(3)], ps.subscribed); ps.close()
ps = d.pubsub(ignore_subscribe_messages=True); got = []; ps.subscribe(**{"hh": lambda m: got.append(m["data"])}); show(ps.get_message(timeout=1)); d.publish("hh", "x"); show(ps.get_message(timeout=1), got)
t = ps.run_in_thread(sleep_time=0.01); d.publish("hh", "y"); time.sleep(0.2); t.stop(); t.join(); show(got)
ps = d.pubsub(); ps.subscribe("L")
def pub():
    time.sleep(0.05); d.publish("L", "1"); d.publish("L", "stop")
threading.Thread(target=pub).start()
for m in ps.listen():
    show(m)
    if m["data"] == "stop": break
ps.close()
show(r.register_script("return redis.call('incrby', KEYS[1], ARGV[1])")(keys=["cnt"], args=[5]), r.eval("return {KEYS[1], ARGV[1]}", 1, "k", "v"), r.script_exists("0" * 40))
show(r.ping(), r.echo("x"), r.dbsize() > 0, type(r.info()["connected_clients"]), r.config_get("appendonly"), r.config_set("maxmemory", 0), type(r.time()), r.client_setname("me"), r.client_getname(), type(r.client_id()), [x["name"] for x in r.client_list() if x["name"]] == ["me"] or "?")
show(sorted(r.scan_iter(match="k*")), sorted(r.sscan_iter("s1")), dict(r.hscan_iter("h")), list(r.zscan_iter("z")), r.scan(0, match="nothing*", count=100))
u = redis.from_url(f"redis://localhost:{PORT}/3", decode_responses=True); show(u.set("x", "1"), u.get("x"), r.get("x") if r.type("x") == b"string" else None, u.ping()); u.flushdb()
show(redis.ConnectionPool.from_url(f"redis://localhost:{PORT}/0").get_connection("_") is not None)
b = redis.Redis(connection_pool=redis.BlockingConnectionPool(max_connections=1, timeout=0.1, port=PORT)); show(b.ping())
def worker(n):
    for i in range(20): r.incr("count")
ts = [threading.Thread(target=worker, args=(i,)) for i in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; show(r.get("count"))
def consumer(out):
    while (item := r.blpop("jobs", timeout=1)) and item[1] != b"end": out.append(item[1])
out = []; t = threading.Thread(target=consumer, args=(out,)); t.start()
for i in range(5): r.rpush("jobs", i)
r.rpush("jobs", "end"); t.join(); show(out)
pool = redis.ConnectionPool(max_connections=1, port=PORT); c1 = pool.get_connection("_")
try: pool.get_connection("_")
except redis.ConnectionError as e: show(e)
r.client_kill_filter(_type="normal", skipme=True); show(d.ping())
import asyncio
import redis.asyncio as aredis
async def main():
    a = aredis.Redis(port=PORT, decode_responses=True)
    show(await a.set("a", 1), await a.get("a"), await a.incr("a"), await a.hset("ah", mapping={"x": 1}), await a.hgetall("ah"))
    async with a.pipeline(transaction=True) as pipe:
        show(await pipe.set("a", 1).incr("a").execute())
    async def cons():
        return await a.blpop("aq", timeout=1)
    t = asyncio.create_task(cons()); await asyncio.sleep(0.01); await a.rpush("aq", "x"); show(await t)
    show(sorted(await asyncio.gather(*(a.incr("ac") for _ in range(5)))))
    ps = a.pubsub(); await ps.subscribe("ach"); show(await ps.get_message(timeout=1)); await a.publish("ach", "m"); show(await ps.get_message(timeout=1), await ps.get_message(timeout=0.01))
    async def publish():
        await asyncio.sleep(0.02); await a.publish("ach", "last")
    t = asyncio.create_task(publish())
    async for m in ps.listen():
        show(m); break
    await t
    await ps.unsubscribe("ach"); await ps.close()
    async with a.lock("alk", timeout=5) as l: show(await l.owned(), await a.exists("alk"))
    show(await a.exists("alk"))
    async with a.pipeline() as pipe:
        await pipe.watch("a"); v = await pipe.get("a"); await a.set("a", 9); pipe.multi(); pipe.set("a", 10)
        try: await pipe.execute()
        except redis.WatchError as e: show("WatchError", e)
    show(sorted([k async for k in a.scan_iter(match="a*")]))
    try: await asyncio.wait_for(a.blpop("nothing", timeout=0), 0.05)
    except asyncio.TimeoutError: show("timed out", await a.ping())
    show(await a.xadd("as", {"a": 1}, id="1-1"), await a.xgroup_create("as", "g", 0), await a.xreadgroup("g", "c", {"as": ">"}))
    await a.close()
asyncio.run(main())
