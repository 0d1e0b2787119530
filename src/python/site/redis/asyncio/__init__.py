"""The same client for asyncio: its methods are awaited."""
from redis.asyncio.client import Pipeline, PubSub, Redis, StrictRedis
from redis.asyncio.connection import Connection, ConnectionPool
from redis.exceptions import (
    AuthenticationError, BusyLoadingError, ConnectionError, DataError, InvalidResponse, LockError, LockNotOwnedError,
    OutOfMemoryError, PubSubError, ReadOnlyError, RedisError, ResponseError, TimeoutError, WatchError,
)


def from_url(url, **options):
    return Redis.from_url(url, **options)
