"""What replies mean: from what the server sends to what a method returns."""

def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def ok(reply, **options):
    return text(reply) == "OK"


def boolean(reply, **options):
    return bool(reply)


def optional_float(reply, **options):
    return None if reply is None else float(reply)


def pairs(items):
    return dict(zip(items[::2], items[1::2]))


def mapping(reply, **options):
    if isinstance(reply, dict):
        return reply
    return pairs(reply) if reply else {}


def named(reply):
    """A mapping whose names are Python's."""
    return {text(name): value for name, value in mapping(reply).items()}


def members(reply, **options):
    return set(reply) if reply else set()


def scored(reply, **options):
    """Members with scores as tuples, if scores were asked for."""
    if not reply or not (options.get("withscores") or options.get("groups")):
        return reply
    convert = options.get("score_cast_func") or float
    if isinstance(reply[0], list):
        return [[member, convert(score)] for member, score in reply]
    return [(member, convert(score)) for member, score in zip(reply[::2], reply[1::2])]


def popped(reply, **options):
    return scored(reply, withscores=True, **options)


def blocking_pop(reply, **options):
    return tuple(reply) if reply else None


def blocking_scored(reply, **options):
    return (reply[0], reply[1], float(reply[2])) if reply else None


def entries(reply, **options):
    """Entries of a stream: (id, fields)."""
    if reply is None:
        return None
    return [(entry[0], None if entry[1] is None else pairs(entry[1])) for entry in reply if entry is not None]


def streams(reply, **options):
    if reply is None:
        return {} if options.get("protocol") == 3 else []
    if isinstance(reply, dict):
        return {name: [entries(items)] for name, items in reply.items()}
    return [[name, entries(items)] for name, items in reply]


def claimed(reply, **options):
    return reply if options.get("parse_justid") else entries(reply)


def claimed_automatically(reply, **options):
    if options.get("parse_justid"):
        return reply[1]
    reply[1] = entries(reply[1])
    return reply


def pending(reply, **options):
    if options.get("parse_detail"):
        names = ("message_id", "consumer", "time_since_delivered", "times_delivered")
        return [dict(zip(names, row)) for row in reply]
    consumers = [{"name": name, "pending": int(count)} for name, count in reply[3] or []]
    return {"pending": reply[0], "min": reply[1], "max": reply[2], "consumers": consumers}


def stream_info(reply, **options):
    info = named(reply)
    if not options.get("full"):
        for name in ("first-entry", "last-entry"):
            if info.get(name) is not None:
                info[name] = (info[name][0], pairs(info[name][1]))
        return info
    info["entries"] = dict(entries(info["entries"]))
    info["groups"] = [named(group) for group in info["groups"]]
    for group in info["groups"]:
        group["consumers"] = [named(consumer) for consumer in group["consumers"]]
    return info


def scan(reply, **options):
    return int(reply[0]), reply[1]


def scan_mapping(reply, **options):
    return int(reply[0]), pairs(reply[1]) if reply[1] else {}


def scan_scored(reply, **options):
    return int(reply[0]), scored(reply[1], withscores=True, **options)


def info(reply, **options):
    found = {}
    for line in text(reply).splitlines():
        name, colon, value = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        if "," in value and "=" in value:
            found[name] = {key: number(one) for key, _, one in (part.partition("=") for part in value.split(","))}
        else:
            found[name] = number(value)
    return found


def number(value):
    for convert in (int, float):
        try:
            return convert(value)
        except ValueError:
            pass
    return value


def client(reply, **options):
    return dict(word.split("=", 1) for word in text(reply).split())


def clients(reply, **options):
    return [client(line) for line in text(reply).splitlines()]


def set_result(reply, **options):
    return reply if options.get("get") else (True if reply is not None and text(reply) == "OK" else None)


def added(reply, **options):
    return optional_float(reply) if options.get("as_score") else reply


def moment(reply, **options):
    return int(reply[0]), int(reply[1])


def last_save(reply, **options):
    import datetime
    return datetime.datetime.fromtimestamp(reply)


def counts(reply, **options):
    return list(zip(reply[::2], reply[1::2]))


def _all(names, callback):
    return dict.fromkeys(names.split(), callback)


CALLBACKS = {
    **_all("COPY EXPIRE EXPIREAT HEXISTS HMSET MOVE MSETNX PERSIST PEXPIRE PEXPIREAT RENAMENX SETEX PSETEX SETNX SMOVE "
           "SISMEMBER", boolean),
    **_all("AUTH DISCARD FLUSHALL FLUSHDB LSET LTRIM MSET RENAME SELECT SHUTDOWN SWAPDB WATCH UNWATCH QUIT", ok),
    **_all("SMEMBERS SDIFF SINTER SUNION", members),
    **_all("HINCRBYFLOAT INCRBYFLOAT ZINCRBY ZSCORE", optional_float),
    **_all("ZRANGE ZREVRANGE ZRANGEBYSCORE ZREVRANGEBYSCORE ZUNION ZINTER ZDIFF", scored),
    **_all("ZPOPMIN ZPOPMAX", popped),
    **_all("BZPOPMIN BZPOPMAX", blocking_scored),
    **_all("BLPOP BRPOP", blocking_pop),
    **_all("SCAN SSCAN", scan),
    **_all("XRANGE XREVRANGE", entries),
    **_all("XREAD XREADGROUP", streams),
    "SMISMEMBER": lambda reply, **options: list(map(bool, reply)),
    "ZMSCORE": lambda reply, **options: [optional_float(score) for score in reply],
    "SET": set_result,
    "PING": lambda reply, **options: text(reply) == "PONG",
    "ZADD": added,
    "HGETALL": mapping,
    "HSCAN": scan_mapping,
    "ZSCAN": scan_scored,
    "XCLAIM": claimed,
    "XAUTOCLAIM": claimed_automatically,
    "XPENDING": pending,
    "XINFO STREAM": stream_info,
    "XINFO GROUPS": lambda reply, **options: [named(one) for one in reply],
    "XINFO CONSUMERS": lambda reply, **options: [named(one) for one in reply],
    "XGROUP CREATE": ok,
    "XGROUP SETID": ok,
    "XGROUP DESTROY": boolean,
    "TIME": moment,
    "INFO": info,
    "LASTSAVE": last_save,
    "CONFIG GET": lambda reply, **options: {text(name): text(value) for name, value in mapping(reply).items()},
    "CONFIG SET": ok,
    "CONFIG RESETSTAT": ok,
    "CLIENT LIST": clients,
    "CLIENT INFO": client,
    "CLIENT GETNAME": lambda reply, **options: text(reply),
    "CLIENT SETNAME": ok,
    "CLIENT KILL": lambda reply, **options: reply if isinstance(reply, int) else text(reply) == "OK",
    "CLIENT UNBLOCK": boolean,
    "CLIENT NO-EVICT": ok,
    "PUBSUB NUMSUB": counts,
    "SCRIPT EXISTS": lambda reply, **options: list(map(bool, reply)),
    "SCRIPT FLUSH": ok,
    "SCRIPT LOAD": lambda reply, **options: text(reply),
}
