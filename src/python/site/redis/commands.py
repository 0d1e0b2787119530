"""The commands, as methods. Each says what it sends; what comes back is the business of replies.py.

Whether a method returns the answer or something to be awaited is decided by `execute_command` of the class that has it.
"""
from datetime import datetime, timedelta

from redis.exceptions import DataError


def listed(keys, more=()):
    """One thing, or a list of them, and more, as a list."""
    if isinstance(keys, (bytes, str, memoryview)) or not hasattr(keys, "__iter__"):
        return [keys, *more]
    return [*keys, *more]


def seconds(time):
    return int(time.total_seconds()) if isinstance(time, timedelta) else time


def milliseconds(time):
    return int(time.total_seconds() * 1000) if isinstance(time, timedelta) else time


def stamp(when, unit=1):
    return int(when.timestamp() * unit) if isinstance(when, datetime) else when


def flags(**given):
    return [name.upper() for name, on in given.items() if on]


def flat(mapping):
    return [word for pair in mapping.items() for word in pair]


def lifetime(ex=None, px=None, exat=None, pxat=None):
    words = []
    if ex is not None:
        if isinstance(ex, str) and not ex.isdigit():
            raise DataError("ex must be datetime.timedelta or int")
        words += ["EX", seconds(ex)]
    if px is not None:
        words += ["PX", milliseconds(px)]
    if exat is not None:
        words += ["EXAT", stamp(exat)]
    if pxat is not None:
        words += ["PXAT", stamp(pxat, 1000)]
    return words


class KeyCommands:
    def delete(self, *names): return self.execute_command("DEL", *names)
    def unlink(self, *names): return self.execute_command("UNLINK", *names)
    def exists(self, *names): return self.execute_command("EXISTS", *names)
    def touch(self, *names): return self.execute_command("TOUCH", *names)
    def keys(self, pattern="*", **options): return self.execute_command("KEYS", pattern)
    def type(self, name): return self.execute_command("TYPE", name)
    def ttl(self, name): return self.execute_command("TTL", name)
    def pttl(self, name): return self.execute_command("PTTL", name)
    def expiretime(self, key): return self.execute_command("EXPIRETIME", key)
    def pexpiretime(self, key): return self.execute_command("PEXPIRETIME", key)
    def persist(self, name): return self.execute_command("PERSIST", name)
    def rename(self, src, dst): return self.execute_command("RENAME", src, dst)
    def renamenx(self, src, dst): return self.execute_command("RENAMENX", src, dst)
    def move(self, name, db): return self.execute_command("MOVE", name, db)
    def randomkey(self, **options): return self.execute_command("RANDOMKEY")
    def object(self, infotype, key): return self.execute_command("OBJECT", infotype, key)

    def expire(self, name, time, nx=False, xx=False, gt=False, lt=False):
        return self.execute_command("EXPIRE", name, seconds(time), *flags(nx=nx, xx=xx, gt=gt, lt=lt))

    def pexpire(self, name, time, nx=False, xx=False, gt=False, lt=False):
        return self.execute_command("PEXPIRE", name, milliseconds(time), *flags(nx=nx, xx=xx, gt=gt, lt=lt))

    def expireat(self, name, when, nx=False, xx=False, gt=False, lt=False):
        return self.execute_command("EXPIREAT", name, stamp(when), *flags(nx=nx, xx=xx, gt=gt, lt=lt))

    def pexpireat(self, name, when, nx=False, xx=False, gt=False, lt=False):
        return self.execute_command("PEXPIREAT", name, stamp(when, 1000), *flags(nx=nx, xx=xx, gt=gt, lt=lt))

    def copy(self, source, destination, destination_db=None, replace=False):
        where = [] if destination_db is None else ["DB", destination_db]
        return self.execute_command("COPY", source, destination, *where, *flags(replace=replace))

    def scan(self, cursor=0, match=None, count=None, _type=None, **options):
        words = [] if match is None else ["MATCH", match]
        words += [] if count is None else ["COUNT", count]
        return self.execute_command("SCAN", cursor, *words, *([] if _type is None else ["TYPE", _type]))


class StringCommands:
    def get(self, name): return self.execute_command("GET", name)
    def getdel(self, name): return self.execute_command("GETDEL", name)
    def getset(self, name, value): return self.execute_command("GETSET", name, value)
    def setnx(self, name, value): return self.execute_command("SETNX", name, value)
    def setex(self, name, time, value): return self.execute_command("SETEX", name, seconds(time), value)
    def psetex(self, name, time_ms, value): return self.execute_command("PSETEX", name, milliseconds(time_ms), value)
    def mget(self, keys, *args): return self.execute_command("MGET", *listed(keys, args))
    def mset(self, mapping): return self.execute_command("MSET", *flat(mapping))
    def msetnx(self, mapping): return self.execute_command("MSETNX", *flat(mapping))
    def incr(self, name, amount=1): return self.incrby(name, amount)
    def incrby(self, name, amount=1): return self.execute_command("INCRBY", name, amount)
    def incrbyfloat(self, name, amount=1.0): return self.execute_command("INCRBYFLOAT", name, amount)
    def decr(self, name, amount=1): return self.decrby(name, amount)
    def decrby(self, name, amount=1): return self.execute_command("DECRBY", name, amount)
    def append(self, key, value): return self.execute_command("APPEND", key, value)
    def strlen(self, name): return self.execute_command("STRLEN", name)
    def getrange(self, key, start, end): return self.execute_command("GETRANGE", key, start, end)
    def setrange(self, name, offset, value): return self.execute_command("SETRANGE", name, offset, value)

    def set(self, name, value, ex=None, px=None, nx=False, xx=False, keepttl=False, get=False, exat=None, pxat=None):
        words = lifetime(ex, px, exat, pxat)
        return self.execute_command("SET", name, value, *words, *flags(keepttl=keepttl, nx=nx, xx=xx, get=get), get=get)

    def getex(self, name, ex=None, px=None, exat=None, pxat=None, persist=False):
        return self.execute_command("GETEX", name, *lifetime(ex, px, exat, pxat), *flags(persist=persist))


class ListCommands:
    def lpush(self, name, *values): return self.execute_command("LPUSH", name, *values)
    def rpush(self, name, *values): return self.execute_command("RPUSH", name, *values)
    def lpushx(self, name, *values): return self.execute_command("LPUSHX", name, *values)
    def rpushx(self, name, *values): return self.execute_command("RPUSHX", name, *values)
    def lpop(self, name, count=None): return self.execute_command("LPOP", name, *([] if count is None else [count]))
    def rpop(self, name, count=None): return self.execute_command("RPOP", name, *([] if count is None else [count]))
    def llen(self, name): return self.execute_command("LLEN", name)
    def lrange(self, name, start, end): return self.execute_command("LRANGE", name, start, end)
    def lindex(self, name, index): return self.execute_command("LINDEX", name, index)
    def lset(self, name, index, value): return self.execute_command("LSET", name, index, value)
    def lrem(self, name, count, value): return self.execute_command("LREM", name, count, value)
    def ltrim(self, name, start, end): return self.execute_command("LTRIM", name, start, end)
    def linsert(self, name, where, refvalue, value): return self.execute_command("LINSERT", name, where, refvalue, value)
    def rpoplpush(self, src, dst): return self.execute_command("RPOPLPUSH", src, dst)
    def blpop(self, keys, timeout=0): return self.execute_command("BLPOP", *listed(keys), timeout or 0)
    def brpop(self, keys, timeout=0): return self.execute_command("BRPOP", *listed(keys), timeout or 0)
    def brpoplpush(self, src, dst, timeout=0): return self.execute_command("BRPOPLPUSH", src, dst, timeout or 0)

    def lmove(self, first_list, second_list, src="LEFT", dest="RIGHT"):
        return self.execute_command("LMOVE", first_list, second_list, src, dest)

    def blmove(self, first_list, second_list, timeout, src="LEFT", dest="RIGHT"):
        return self.execute_command("BLMOVE", first_list, second_list, src, dest, timeout)

    def lmpop(self, num_keys, *args, direction, count=1):
        return self.execute_command("LMPOP", num_keys, *args, direction, "COUNT", count)

    def blmpop(self, timeout, numkeys, *args, direction, count=1):
        return self.execute_command("BLMPOP", timeout, numkeys, *args, direction, "COUNT", count)

    def lpos(self, name, value, rank=None, count=None, maxlen=None):
        words = [] if rank is None else ["RANK", rank]
        words += [] if count is None else ["COUNT", count]
        return self.execute_command("LPOS", name, value, *words, *([] if maxlen is None else ["MAXLEN", maxlen]))


class HashCommands:
    def hget(self, name, key): return self.execute_command("HGET", name, key)
    def hgetall(self, name): return self.execute_command("HGETALL", name)
    def hmget(self, name, keys, *args): return self.execute_command("HMGET", name, *listed(keys, args))
    def hmset(self, name, mapping): return self.execute_command("HMSET", name, *flat(mapping))
    def hsetnx(self, name, key, value): return self.execute_command("HSETNX", name, key, value)
    def hdel(self, name, *keys): return self.execute_command("HDEL", name, *keys)
    def hexists(self, name, key): return self.execute_command("HEXISTS", name, key)
    def hkeys(self, name): return self.execute_command("HKEYS", name)
    def hvals(self, name): return self.execute_command("HVALS", name)
    def hlen(self, name): return self.execute_command("HLEN", name)
    def hstrlen(self, name, key): return self.execute_command("HSTRLEN", name, key)
    def hincrby(self, name, key, amount=1): return self.execute_command("HINCRBY", name, key, amount)
    def hincrbyfloat(self, name, key, amount=1.0): return self.execute_command("HINCRBYFLOAT", name, key, amount)

    def hset(self, name, key=None, value=None, mapping=None, items=None):
        if key is None and not mapping and not items:
            raise DataError("'hset' with no key value pairs")
        words = list(items or [])
        words += [] if key is None else [key, value]
        return self.execute_command("HSET", name, *words, *flat(mapping or {}))

    def hscan(self, name, cursor=0, match=None, count=None, no_values=None):
        words = [] if match is None else ["MATCH", match]
        return self.execute_command("HSCAN", name, cursor, *words, *([] if count is None else ["COUNT", count]))


class SetCommands:
    def sadd(self, name, *values): return self.execute_command("SADD", name, *values)
    def srem(self, name, *values): return self.execute_command("SREM", name, *values)
    def scard(self, name): return self.execute_command("SCARD", name)
    def smembers(self, name): return self.execute_command("SMEMBERS", name)
    def sismember(self, name, value): return self.execute_command("SISMEMBER", name, value)
    def smismember(self, name, values, *args): return self.execute_command("SMISMEMBER", name, *listed(values, args))
    def smove(self, src, dst, value): return self.execute_command("SMOVE", src, dst, value)
    def spop(self, name, count=None): return self.execute_command("SPOP", name, *([] if count is None else [count]))
    def sinter(self, keys, *args): return self.execute_command("SINTER", *listed(keys, args))
    def sunion(self, keys, *args): return self.execute_command("SUNION", *listed(keys, args))
    def sdiff(self, keys, *args): return self.execute_command("SDIFF", *listed(keys, args))
    def sinterstore(self, dest, keys, *args): return self.execute_command("SINTERSTORE", dest, *listed(keys, args))
    def sunionstore(self, dest, keys, *args): return self.execute_command("SUNIONSTORE", dest, *listed(keys, args))
    def sdiffstore(self, dest, keys, *args): return self.execute_command("SDIFFSTORE", dest, *listed(keys, args))

    def srandmember(self, name, number=None):
        return self.execute_command("SRANDMEMBER", name, *([] if number is None else [number]))

    def sscan(self, name, cursor=0, match=None, count=None):
        words = [] if match is None else ["MATCH", match]
        return self.execute_command("SSCAN", name, cursor, *words, *([] if count is None else ["COUNT", count]))


def limit(start, num):
    if (start is None) != (num is None):
        raise DataError("``start`` and ``num`` must both be specified")
    return [] if start is None else ["LIMIT", start, num]


class SortedSetCommands:
    def zcard(self, name): return self.execute_command("ZCARD", name)
    def zscore(self, name, value): return self.execute_command("ZSCORE", name, value)
    def zmscore(self, key, members): return self.execute_command("ZMSCORE", key, *members)
    def zincrby(self, name, amount, value): return self.execute_command("ZINCRBY", name, amount, value)
    def zrem(self, name, *values): return self.execute_command("ZREM", name, *values)
    def zcount(self, name, min, max): return self.execute_command("ZCOUNT", name, min, max)
    def zlexcount(self, name, min, max): return self.execute_command("ZLEXCOUNT", name, min, max)
    def zrank(self, name, value): return self.execute_command("ZRANK", name, value)
    def zrevrank(self, name, value): return self.execute_command("ZREVRANK", name, value)
    def zpopmin(self, name, count=None): return self.execute_command("ZPOPMIN", name, *([] if count is None else [count]))
    def zpopmax(self, name, count=None): return self.execute_command("ZPOPMAX", name, *([] if count is None else [count]))
    def bzpopmin(self, keys, timeout=0): return self.execute_command("BZPOPMIN", *listed(keys), timeout or 0)
    def bzpopmax(self, keys, timeout=0): return self.execute_command("BZPOPMAX", *listed(keys), timeout or 0)
    def zremrangebyrank(self, name, min, max): return self.execute_command("ZREMRANGEBYRANK", name, min, max)
    def zremrangebyscore(self, name, min, max): return self.execute_command("ZREMRANGEBYSCORE", name, min, max)
    def zremrangebylex(self, name, min, max): return self.execute_command("ZREMRANGEBYLEX", name, min, max)

    def zadd(self, name, mapping, nx=False, xx=False, ch=False, incr=False, gt=False, lt=False):
        if not mapping:
            raise DataError("ZADD requires at least one element/score pair")
        if nx and xx:
            raise DataError("ZADD allows either 'nx' or 'xx', not both")
        if gt and lt:
            raise DataError("ZADD allows either 'gt' or 'lt', not both")
        if incr and len(mapping) != 1:
            raise DataError("ZADD option 'incr' only works when passing a single element/score pair")
        if nx and (gt or lt):
            raise DataError("Only one of 'nx', 'lt', or 'gr' may be defined.")
        words = [word for member, score in mapping.items() for word in (score, member)]
        return self.execute_command("ZADD", name, *flags(nx=nx, xx=xx, gt=gt, lt=lt, ch=ch, incr=incr), *words, as_score=incr)

    def zrange(self, name, start, end, desc=False, withscores=False, score_cast_func=float, byscore=False, bylex=False,
               offset=None, num=None):
        if byscore and bylex:
            raise DataError("``byscore`` and ``bylex`` can not be specified together.")
        words = [*flags(byscore=byscore, bylex=bylex, rev=desc), *limit(offset, num), *flags(withscores=withscores)]
        return self.execute_command("ZRANGE", name, start, end, *words, withscores=withscores, score_cast_func=score_cast_func)

    def zrevrange(self, name, start, end, withscores=False, score_cast_func=float):
        return self.execute_command("ZREVRANGE", name, start, end, *flags(withscores=withscores), withscores=withscores,
                                    score_cast_func=score_cast_func)

    def zrangebyscore(self, name, min, max, start=None, num=None, withscores=False, score_cast_func=float):
        return self.execute_command("ZRANGEBYSCORE", name, min, max, *limit(start, num), *flags(withscores=withscores),
                                    withscores=withscores, score_cast_func=score_cast_func)

    def zrevrangebyscore(self, name, max, min, start=None, num=None, withscores=False, score_cast_func=float):
        return self.execute_command("ZREVRANGEBYSCORE", name, max, min, *limit(start, num), *flags(withscores=withscores),
                                    withscores=withscores, score_cast_func=score_cast_func)

    def zrangebylex(self, name, min, max, start=None, num=None):
        return self.execute_command("ZRANGEBYLEX", name, min, max, *limit(start, num))

    def zscan(self, name, cursor=0, match=None, count=None, score_cast_func=float):
        words = [] if match is None else ["MATCH", match]
        words += [] if count is None else ["COUNT", count]
        return self.execute_command("ZSCAN", name, cursor, *words, score_cast_func=score_cast_func)

    def zunionstore(self, dest, keys, aggregate=None): return self._zstore("ZUNIONSTORE", dest, keys, aggregate)
    def zinterstore(self, dest, keys, aggregate=None): return self._zstore("ZINTERSTORE", dest, keys, aggregate)

    def _zstore(self, command, dest, keys, aggregate):
        words = [dest, len(keys), *keys]
        if isinstance(keys, dict):
            words += ["WEIGHTS", *keys.values()]
        return self.execute_command(command, *words, *(["AGGREGATE", aggregate] if aggregate else []))


class StreamCommands:
    def xlen(self, name): return self.execute_command("XLEN", name)
    def xdel(self, name, *ids): return self.execute_command("XDEL", name, *ids)
    def xack(self, name, groupname, *ids): return self.execute_command("XACK", name, groupname, *ids)
    def xpending(self, name, groupname): return self.execute_command("XPENDING", name, groupname)
    def xgroup_destroy(self, name, groupname): return self.execute_command("XGROUP DESTROY", name, groupname)
    def xinfo_groups(self, name): return self.execute_command("XINFO GROUPS", name)
    def xinfo_consumers(self, name, groupname): return self.execute_command("XINFO CONSUMERS", name, groupname)

    def xinfo_stream(self, name, full=False):
        return self.execute_command("XINFO STREAM", name, *flags(full=full), full=full)

    def xgroup_delconsumer(self, name, groupname, consumername):
        return self.execute_command("XGROUP DELCONSUMER", name, groupname, consumername)

    def xgroup_createconsumer(self, name, groupname, consumername):
        return self.execute_command("XGROUP CREATECONSUMER", name, groupname, consumername)

    def xgroup_create(self, name, groupname, id="$", mkstream=False, entries_read=None):
        words = [*flags(mkstream=mkstream), *([] if entries_read is None else ["ENTRIESREAD", entries_read])]
        return self.execute_command("XGROUP CREATE", name, groupname, id, *words)

    def xgroup_setid(self, name, groupname, id, entries_read=None):
        words = [] if entries_read is None else ["ENTRIESREAD", entries_read]
        return self.execute_command("XGROUP SETID", name, groupname, id, *words)

    def _trim(self, maxlen, minid, approximate, limit):
        if maxlen is not None and minid is not None:
            raise DataError("Only one of ```maxlen``` or ```minid``` may be specified")
        if maxlen is None and minid is None:
            return []
        if maxlen is not None and (not isinstance(maxlen, int) or maxlen < 0):
            raise DataError("XADD maxlen must be non-negative integer")
        words = ["MINID" if maxlen is None else "MAXLEN", *(["~"] if approximate else []), minid if maxlen is None else maxlen]
        return words + ([] if limit is None else ["LIMIT", limit])

    def xadd(self, name, fields, id="*", maxlen=None, approximate=True, nomkstream=False, minid=None, limit=None):
        if not isinstance(fields, dict) or not fields:
            raise DataError("XADD fields must be a non-empty dict")
        trim = self._trim(maxlen, minid, approximate, limit)
        return self.execute_command("XADD", name, *trim, *flags(nomkstream=nomkstream), id, *flat(fields))

    def xtrim(self, name, maxlen=None, approximate=True, minid=None, limit=None):
        if maxlen is None and minid is None:
            raise DataError("One of ``maxlen`` or ``minid`` must be specified")
        return self.execute_command("XTRIM", name, *self._trim(maxlen, minid, approximate, limit))

    def xrange(self, name, min="-", max="+", count=None): return self._range("XRANGE", name, min, max, count)
    def xrevrange(self, name, max="+", min="-", count=None): return self._range("XREVRANGE", name, max, min, count)

    def _range(self, command, name, first, last, count):
        if count is not None and (not isinstance(count, int) or count < 1):
            raise DataError(f"{command} count must be a positive integer")
        return self.execute_command(command, name, first, last, *([] if count is None else ["COUNT", count]))

    def _read(self, command, words, streams, count, block):
        if block is not None:
            if not isinstance(block, int) or block < 0:
                raise DataError(f"{command} block must be a non-negative integer")
            words += ["BLOCK", block]
        if count is not None:
            if not isinstance(count, int) or count < 1:
                raise DataError(f"{command} count must be a positive integer")
            words += ["COUNT", count]
        if not isinstance(streams, dict) or not streams:
            raise DataError(f"{command} streams must be a non empty dict")
        return words

    def xread(self, streams, count=None, block=None):
        words = self._read("XREAD", [], streams, count, block)
        return self.execute_command("XREAD", *words, "STREAMS", *streams, *streams.values())

    def xreadgroup(self, groupname, consumername, streams, count=None, block=None, noack=False):
        words = self._read("XREADGROUP", ["GROUP", groupname, consumername], streams, count, block)
        words += flags(noack=noack)
        return self.execute_command("XREADGROUP", *words, "STREAMS", *streams, *streams.values())

    def xpending_range(self, name, groupname, min, max, count, consumername=None, idle=None):
        if None in (min, max, count):
            raise DataError("XPENDING must be provided with min, max and count parameters, or none of them.")
        words = [] if idle is None else ["IDLE", idle]
        words += [min, max, count, *([] if consumername is None else [consumername])]
        return self.execute_command("XPENDING", name, groupname, *words, parse_detail=True)

    def xclaim(self, name, groupname, consumername, min_idle_time, message_ids, idle=None, time=None, retrycount=None,
               force=False, justid=False):
        if not isinstance(min_idle_time, int) or min_idle_time < 0:
            raise DataError("XCLAIM min_idle_time must be a non negative integer")
        if not isinstance(message_ids, (list, tuple)) or not message_ids:
            raise DataError("XCLAIM message_ids must be a non empty list or tuple of message IDs to claim")
        words = [name, groupname, consumername, min_idle_time, *message_ids]
        for option, value in (("IDLE", idle), ("TIME", time), ("RETRYCOUNT", retrycount)):
            words += [] if value is None else [option, value]
        return self.execute_command("XCLAIM", *words, *flags(force=force, justid=justid), parse_justid=justid)

    def xautoclaim(self, name, groupname, consumername, min_idle_time, start_id="0-0", count=None, justid=False):
        if not isinstance(min_idle_time, int) or min_idle_time < 0:
            raise DataError("XAUTOCLAIM min_idle_time must be a nonnegative integer")
        words = [name, groupname, consumername, min_idle_time, start_id, *([] if count is None else ["COUNT", count])]
        return self.execute_command("XAUTOCLAIM", *words, *flags(justid=justid), parse_justid=justid)


class ServerCommands:
    def ping(self, **options): return self.execute_command("PING")
    def echo(self, value): return self.execute_command("ECHO", value)
    def auth(self, password, username=None): return self.execute_command("AUTH", *([username] if username else []), password)
    def time(self): return self.execute_command("TIME")
    def info(self, section=None, *args): return self.execute_command("INFO", *([] if section is None else [section]), *args)
    def dbsize(self): return self.execute_command("DBSIZE")
    def flushdb(self, asynchronous=False): return self.execute_command("FLUSHDB", *(["ASYNC"] if asynchronous else []))
    def flushall(self, asynchronous=False): return self.execute_command("FLUSHALL", *(["ASYNC"] if asynchronous else []))
    def select(self, index): return self.execute_command("SELECT", index)
    def swapdb(self, first, second): return self.execute_command("SWAPDB", first, second)
    def lastsave(self): return self.execute_command("LASTSAVE")
    def role(self): return self.execute_command("ROLE")
    def wait(self, num_replicas, timeout): return self.execute_command("WAIT", num_replicas, timeout)
    def config_get(self, pattern="*", *args): return self.execute_command("CONFIG GET", pattern, *args)
    def config_set(self, name, value, *args): return self.execute_command("CONFIG SET", name, value, *args)
    def config_resetstat(self): return self.execute_command("CONFIG RESETSTAT")
    def client_id(self): return self.execute_command("CLIENT ID")
    def client_info(self): return self.execute_command("CLIENT INFO")
    def client_list(self, _type=None, client_id=()):
        return self.execute_command("CLIENT LIST", *(["TYPE", _type] if _type else []), *(["ID", *client_id] if client_id else []))
    def client_getname(self): return self.execute_command("CLIENT GETNAME")
    def client_setname(self, name): return self.execute_command("CLIENT SETNAME", name)
    def client_kill(self, address): return self.execute_command("CLIENT KILL", address)
    def client_unblock(self, client_id, error=False): return self.execute_command("CLIENT UNBLOCK", int(client_id), *flags(error=error))

    def client_kill_filter(self, _id=None, _type=None, addr=None, skipme=None, laddr=None, user=None, maxage=None):
        words = [] if _type is None else ["TYPE", _type]
        words += [] if skipme is None else ["SKIPME", "YES" if skipme else "NO"]
        for option, value in (("ID", _id), ("ADDR", addr), ("LADDR", laddr), ("USER", user)):
            words += [] if value is None else [option, value]
        return self.execute_command("CLIENT KILL", *words)

    def publish(self, channel, message, **options): return self.execute_command("PUBLISH", channel, message)
    def pubsub_channels(self, pattern="*", **options): return self.execute_command("PUBSUB CHANNELS", pattern)
    def pubsub_numsub(self, *args, **options): return self.execute_command("PUBSUB NUMSUB", *args)
    def pubsub_numpat(self, **options): return self.execute_command("PUBSUB NUMPAT")

    def eval(self, script, numkeys, *keys_and_args): return self.execute_command("EVAL", script, numkeys, *keys_and_args)
    def evalsha(self, sha, numkeys, *keys_and_args): return self.execute_command("EVALSHA", sha, numkeys, *keys_and_args)
    def script_load(self, script): return self.execute_command("SCRIPT LOAD", script)
    def script_exists(self, *args): return self.execute_command("SCRIPT EXISTS", *args)
    def script_flush(self, sync_type=None): return self.execute_command("SCRIPT FLUSH", *([sync_type] if sync_type else []))


class Commands(KeyCommands, StringCommands, ListCommands, HashCommands, SetCommands, SortedSetCommands, StreamCommands,
               ServerCommands):
    pass
