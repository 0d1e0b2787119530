"""A client for Redis, with the names and the behaviour of redis-py 5 (https://redis-py.readthedocs.io).

It is a small one, made for this machine: a program that is written for redis-py runs with both. What is here: commands on
strings, keys, lists, hashes, sets, sorted sets and streams, pipelines and transactions, publish/subscribe, locks, scripts,
pools, retries, and redis.asyncio. What is not: Cluster, Sentinel, TLS, client-side caching, and the commands of modules.
"""
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.client import Redis, StrictRedis
from redis.connection import BlockingConnectionPool, Connection, ConnectionPool, UnixDomainSocketConnection
from redis.exceptions import (
    AuthenticationError, AuthenticationWrongNumberOfArgsError, BusyLoadingError, ChildDeadlockedError, ConnectionError,
    DataError, InvalidResponse, LockError, LockNotOwnedError, MaxConnectionsError, NoPermissionError, NoScriptError,
    OutOfMemoryError, PubSubError, ReadOnlyError, RedisError, ResponseError, TimeoutError, WatchError,
)

__version__ = "5.2.1"
VERSION = (5, 2, 1)


def from_url(url, **options):
    """A client for redis://[[user]:[password]@]host[:port][/database][?option=value]"""
    return Redis.from_url(url, **options)


def __getattr__(name):
    # Of little use to most: imported when it is asked for.
    if name == "asyncio":
        import importlib
        return importlib.import_module("redis.asyncio")
    raise AttributeError(f"module 'redis' has no attribute {name!r}")
