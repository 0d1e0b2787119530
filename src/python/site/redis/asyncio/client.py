"""The client for asyncio, its pipelines, subscribers, locks and scripts."""
import asyncio
import inspect
import uuid

from redis.asyncio.connection import ConnectionPool, call_with_retry
from redis.client import Script as BlockingScript
from redis.client import parse
from redis.commands import Commands
from redis.exceptions import (
    ConnectionError, ExecAbortError, LockError, LockNotOwnedError, NoScriptError, RedisError, ResponseError, TimeoutError,
    WatchError,
)
from redis.lock import Lock as BlockingLock
from redis.pipeline import Pipeline as BlockingPipeline
from redis.pipeline import annotated
from redis.pubsub import Subscriptions
from redis.replies import CALLBACKS


class Redis(Commands):
    """A client. Tasks may share it: each command takes a connection of the pool's for as long as it lasts."""

    @classmethod
    def from_url(cls, url, **options):
        client = cls(connection_pool=ConnectionPool.from_url(url, **options))
        client.auto_close_connection_pool = True
        return client

    @classmethod
    def from_pool(cls, connection_pool):
        client = cls(connection_pool=connection_pool)
        client.auto_close_connection_pool = True
        return client

    def __init__(self, *, host="localhost", port=6379, db=0, password=None, socket_timeout=None, socket_connect_timeout=None,
                 socket_keepalive=None, connection_pool=None, unix_socket_path=None, encoding="utf-8",
                 encoding_errors="strict", decode_responses=False, retry_on_timeout=False, retry=None, retry_on_error=None,
                 max_connections=None, health_check_interval=0, client_name=None, username=None, protocol=2,
                 auto_close_connection_pool=None):
        self.auto_close_connection_pool = connection_pool is None
        self.connection_pool = connection_pool or ConnectionPool(
            host=host, port=port, path=unix_socket_path, db=db, username=username, password=password,
            socket_timeout=socket_timeout, socket_connect_timeout=socket_connect_timeout, encoding=encoding,
            encoding_errors=encoding_errors, decode_responses=decode_responses, retry_on_timeout=retry_on_timeout,
            retry_on_error=retry_on_error, retry=retry, max_connections=max_connections, client_name=client_name,
            protocol=protocol,
        )
        self.response_callbacks = dict(CALLBACKS)

    def __await__(self):
        return self.initialize().__await__()

    async def initialize(self):
        return self

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await self.aclose()

    async def aclose(self, close_connection_pool=None):
        if close_connection_pool or (close_connection_pool is None and self.auto_close_connection_pool):
            await self.connection_pool.disconnect()

    close = aclose

    def get_encoder(self):
        return self.connection_pool.get_encoder()

    def set_response_callback(self, command, callback):
        self.response_callbacks[command] = callback

    async def execute_command(self, *args, **options):
        pool = self.connection_pool
        connection = await pool.get_connection(args[0])
        try:
            return await call_with_retry(
                connection.retry, lambda: self._ask(connection, args, options), lambda error: self._failed(connection, error))
        finally:
            await pool.release(connection)

    async def _ask(self, connection, args, options):
        await connection.send_command(*args)
        return await self.parse_response(connection, args[0], **options)

    async def _failed(self, connection, error):
        await connection.disconnect()
        if not isinstance(error, tuple(connection.retry_on_error)) and connection.retry.get_retries() == 0:
            raise error

    async def parse_response(self, connection, command_name, **options):
        if connection.protocol == 3:
            options["protocol"] = 3
        return parse(self.response_callbacks, await connection.read_response(), command_name, options)

    def pipeline(self, transaction=True, shard_hint=None):
        return Pipeline(self.connection_pool, self.response_callbacks, transaction)

    async def transaction(self, func, *watches, value_from_callable=False, watch_delay=None):
        async with self.pipeline(True) as pipe:
            while True:
                try:
                    if watches:
                        await pipe.watch(*watches)
                    value = func(pipe)
                    if inspect.isawaitable(value):
                        value = await value
                    result = await pipe.execute()
                    return value if value_from_callable else result
                except WatchError:
                    if watch_delay is not None and watch_delay > 0:
                        await asyncio.sleep(watch_delay)

    def lock(self, name, timeout=None, sleep=0.1, blocking=True, blocking_timeout=None, lock_class=None, thread_local=True):
        return (lock_class or Lock)(self, name, timeout=timeout, sleep=sleep, blocking=blocking,
                                    blocking_timeout=blocking_timeout, thread_local=thread_local)

    def pubsub(self, **options):
        return PubSub(self.connection_pool, **options)

    def register_script(self, script):
        return Script(self, script)

    async def scan_iter(self, match=None, count=None, _type=None):
        cursor = "0"
        while cursor != 0:
            cursor, found = await self.scan(cursor, match, count, _type)
            for one in found:
                yield one

    async def sscan_iter(self, name, match=None, count=None):
        cursor = "0"
        while cursor != 0:
            cursor, found = await self.sscan(name, cursor, match, count)
            for one in found:
                yield one

    async def hscan_iter(self, name, match=None, count=None):
        cursor = "0"
        while cursor != 0:
            cursor, found = await self.hscan(name, cursor, match, count)
            for one in found.items():
                yield one

    async def zscan_iter(self, name, match=None, count=None, score_cast_func=float):
        cursor = "0"
        while cursor != 0:
            cursor, found = await self.zscan(name, cursor, match, count, score_cast_func)
            for one in found:
                yield one


StrictRedis = Redis


class Script(BlockingScript):
    async def __call__(self, keys=(), args=(), client=None):
        client = client or self.registered_client
        try:
            return await client.evalsha(self.sha, len(keys), *keys, *args)
        except NoScriptError:
            self.sha = await client.script_load(self.script)
            return await client.evalsha(self.sha, len(keys), *keys, *args)


class Pipeline(Redis):
    """Commands that are sent together; only execute(), and what follows watch(), is awaited."""

    def __init__(self, connection_pool, response_callbacks, transaction=True, shard_hint=None):
        self.connection_pool = connection_pool
        self.response_callbacks = response_callbacks
        self.transaction = transaction
        self.connection = None
        self.watching = False
        self.command_stack = []
        self.explicit_transaction = False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await self.reset()

    def __await__(self):
        return self._itself().__await__()

    async def _itself(self):
        return self

    def __len__(self):
        return len(self.command_stack)

    def __bool__(self):
        return True

    async def reset(self):
        self.command_stack = []
        connection, self.connection = self.connection, None
        if connection:
            if self.watching and connection.is_connected:
                try:
                    await connection.send_command("UNWATCH")
                    await connection.read_response()
                except ConnectionError:
                    await connection.disconnect()
            await self.connection_pool.release(connection)
        self.watching = False
        self.explicit_transaction = False

    aclose = close = reset

    multi = BlockingPipeline.multi
    raise_first_error = BlockingPipeline.raise_first_error

    async def watch(self, *names):
        if self.explicit_transaction:
            raise RedisError("Cannot issue a WATCH after a MULTI")
        return await self.execute_command("WATCH", *names)

    async def unwatch(self):
        return await self.execute_command("UNWATCH") if self.watching else True

    def execute_command(self, *args, **options):
        if (self.watching or args[0] == "WATCH") and not self.explicit_transaction:
            return self.immediate_execute_command(*args, **options)
        self.command_stack.append((args, options))
        return self

    async def immediate_execute_command(self, *args, **options):
        if not self.connection:
            self.connection = await self.connection_pool.get_connection(args[0])
        connection = self.connection
        return await call_with_retry(
            connection.retry, lambda: self._ask(connection, args, options), lambda error: self._lost(connection, error))

    async def _lost(self, connection, error):
        await connection.disconnect()
        if self.watching:
            await self.reset()
            raise WatchError(f"A {type(error).__name__} occurred while watching one or more keys")
        if not connection.retry_on_error and connection.retry.get_retries() == 0:
            await self.reset()
            raise error

    async def parse_response(self, connection, command_name, **options):
        result = await super().parse_response(connection, command_name, **options)
        if command_name in BlockingPipeline.UNWATCH_COMMANDS:
            self.watching = False
        elif command_name == "WATCH":
            self.watching = True
        return result

    async def execute(self, raise_on_error=True):
        stack = self.command_stack
        if not stack and not self.watching:
            return []
        run = self._execute_transaction if self.transaction or self.explicit_transaction else self._execute_pipeline
        if not self.connection:
            self.connection = await self.connection_pool.get_connection("MULTI")
        connection = self.connection
        try:
            return await call_with_retry(
                connection.retry, lambda: run(connection, stack, raise_on_error), lambda error: self._lost(connection, error))
        finally:
            await self.reset()

    async def _execute_transaction(self, connection, commands, raise_on_error):
        pack = connection.encoder.pack
        await connection.send_packed_command(
            b"".join([pack(("MULTI",)), *(pack(args) for args, options in commands), pack(("EXEC",))]))
        errors = []
        await self.parse_response(connection, "_")
        for number, (args, options) in enumerate(commands):
            try:
                await self.parse_response(connection, "_")
            except ResponseError as error:
                annotated(error, number + 1, args)
                errors.append(error)
        try:
            response = await self.parse_response(connection, "_")
        except ExecAbortError:
            if errors:
                raise errors[0]
            raise
        self.watching = False
        if response is None:
            raise WatchError("Watched variable changed.")
        if raise_on_error:
            self.raise_first_error(commands, response)
        return [value if isinstance(value, Exception) else parse(self.response_callbacks, value, args[0], options)
                for value, (args, options) in zip(response, commands)]

    async def _execute_pipeline(self, connection, commands, raise_on_error):
        await connection.send_packed_command(b"".join(connection.encoder.pack(args) for args, options in commands))
        response = []
        for args, options in commands:
            try:
                response.append(await self.parse_response(connection, args[0], **options))
            except ResponseError as error:
                response.append(error)
        if raise_on_error:
            self.raise_first_error(commands, response)
        return response


class PubSub(Subscriptions):
    """A subscriber: a connection of its own, on which messages come."""

    def __init__(self, connection_pool, shard_hint=None, ignore_subscribe_messages=False, encoder=None, **ignored):
        self.connection_pool = connection_pool
        self.ignore_subscribe_messages = ignore_subscribe_messages
        self.encoder = encoder or connection_pool.get_encoder()
        self.connection = None
        self.forget()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await self.aclose()

    async def aclose(self):
        connection, self.connection = self.connection, None
        if connection:
            await connection.disconnect()
            connection.deregister_connect_callback(self.on_connect)
            await self.connection_pool.release(connection)
        self.forget()

    close = reset = aclose

    async def on_connect(self, connection):
        """After the connection was lost, and is there again."""
        for command, names in (("SUBSCRIBE", self.channels), ("PSUBSCRIBE", self.patterns)):
            if names:
                await connection.send_command(command, *names)

    async def execute_command(self, *args):
        if self.connection is None:
            self.connection = await self.connection_pool.get_connection("pubsub")
            self.connection.register_connect_callback(self.on_connect)
        await self._execute(lambda: self.connection.send_command(*args))

    async def _execute(self, do):
        connection = self.connection
        return await call_with_retry(connection.retry, do, lambda error: self._reconnect(connection, error))

    async def _reconnect(self, connection, error):
        await connection.disconnect()
        if isinstance(error, TimeoutError) and TimeoutError not in connection.retry_on_error:
            raise error
        await connection.connect()

    async def subscribe(self, *args, **handlers):
        new = self.names(args, handlers)
        await self.execute_command("SUBSCRIBE", *new)
        self.channels.update(new)
        self.pending_unsubscribe_channels.difference_update(new)

    async def psubscribe(self, *args, **handlers):
        new = self.names(args, handlers)
        await self.execute_command("PSUBSCRIBE", *new)
        self.patterns.update(new)
        self.pending_unsubscribe_patterns.difference_update(new)

    async def unsubscribe(self, *args):
        names = self.names(args, {})
        self.pending_unsubscribe_channels.update(names or self.channels)
        await self.execute_command("UNSUBSCRIBE", *names)

    async def punsubscribe(self, *args):
        names = self.names(args, {})
        self.pending_unsubscribe_patterns.update(names or self.patterns)
        await self.execute_command("PUNSUBSCRIBE", *names)

    async def ping(self, message=None):
        await self.execute_command("PING", "" if message is None else message)
        return True

    async def listen(self):
        while self.subscribed:
            message = self.handle(await self._execute(self.connection.read_response), False)
            if message is not None:
                yield message

    async def get_message(self, ignore_subscribe_messages=False, timeout=0.0):
        if self.connection is None:
            raise RuntimeError("pubsub connection not set: did you forget to call subscribe() or psubscribe()?")
        reply = await self._execute(lambda: self._read(timeout))
        return None if reply is None else self.handle(reply, ignore_subscribe_messages)

    async def _read(self, timeout):
        await self.connection.connect()
        return await self.connection.read_response(timeout=timeout)


class Lock(BlockingLock):
    async def __aenter__(self):
        if await self.acquire():
            return self
        raise LockError("Unable to acquire lock within the time specified")

    async def __aexit__(self, *exc):
        await self.release()

    async def acquire(self, blocking=None, blocking_timeout=None, token=None):
        token = uuid.uuid1().hex.encode() if token is None else self.redis.get_encoder().encode(token)
        blocking = self.blocking if blocking is None else blocking
        blocking_timeout = self.blocking_timeout if blocking_timeout is None else blocking_timeout
        clock = asyncio.get_running_loop().time
        stop = None if blocking_timeout is None else clock() + blocking_timeout
        while True:
            if await self.do_acquire(token):
                self.local.token = token
                return True
            if not blocking or (stop is not None and clock() + self.sleep > stop):
                return False
            await asyncio.sleep(self.sleep)

    async def do_acquire(self, token):
        lease = int(self.timeout * 1000) if self.timeout else None
        return bool(await self.redis.set(self.name, token, nx=True, px=lease))

    async def locked(self):
        return await self.redis.get(self.name) is not None

    async def owned(self):
        stored = await self.redis.get(self.name)
        if stored is not None and not isinstance(stored, bytes):
            stored = self.redis.get_encoder().encode(stored)
        return self.local.token is not None and stored == self.local.token

    async def release(self):
        token = self.local.token
        if token is None:
            raise LockError("Cannot release an unlocked lock")
        self.local.token = None
        if not await self.lua_release(keys=[self.name], args=[token], client=self.redis):
            raise LockNotOwnedError("Cannot release a lock that's no longer owned")

    async def extend(self, additional_time, replace_ttl=False):
        words = [self._own("extend"), int(additional_time * 1000), "1" if replace_ttl else "0"]
        if not await self.lua_extend(keys=[self.name], args=words, client=self.redis):
            raise LockNotOwnedError("Cannot extend a lock that's no longer owned")
        return True

    async def reacquire(self):
        words = [self._own("reacquire"), int(self.timeout * 1000)]
        if not await self.lua_reacquire(keys=[self.name], args=words, client=self.redis):
            raise LockNotOwnedError("Cannot reacquire a lock that's no longer owned")
        return True
