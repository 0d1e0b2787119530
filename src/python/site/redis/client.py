"""The client, and its scripts."""
import hashlib
import time

from redis.commands import Commands
from redis.connection import ConnectionPool, UnixDomainSocketConnection
from redis.exceptions import NoScriptError, RedisError, WatchError
from redis.replies import CALLBACKS

def parse(callbacks, reply, command_name, options):
    callback = callbacks.get(command_name) or callbacks.get(str(command_name).upper())
    return callback(reply, **options) if callback else reply


class Redis(Commands):
    """A client. Threads may share it: each command takes a connection of the pool's for as long as it lasts."""

    @classmethod
    def from_url(cls, url, single_connection_client=False, **options):
        pool = ConnectionPool.from_url(url, **options)
        client = cls(connection_pool=pool, single_connection_client=single_connection_client)
        client.auto_close_connection_pool = True
        return client

    @classmethod
    def from_pool(cls, connection_pool):
        client = cls(connection_pool=connection_pool)
        client.auto_close_connection_pool = True
        return client

    def __init__(self, host="localhost", port=6379, db=0, password=None, socket_timeout=None, socket_connect_timeout=None,
                 socket_keepalive=None, socket_keepalive_options=None, connection_pool=None, unix_socket_path=None,
                 encoding="utf-8", encoding_errors="strict", decode_responses=False, retry_on_timeout=False, retry=None,
                 retry_on_error=None, ssl=False, max_connections=None, single_connection_client=False,
                 health_check_interval=0, client_name=None, lib_name=None, lib_version=None, username=None, protocol=2):
        if ssl:
            raise RedisError("this client has no TLS")
        self.auto_close_connection_pool = connection_pool is None
        if connection_pool is None:
            options = dict(
                db=db, username=username, password=password, socket_timeout=socket_timeout, encoding=encoding,
                encoding_errors=encoding_errors, decode_responses=decode_responses, retry_on_timeout=retry_on_timeout,
                retry_on_error=retry_on_error, retry=retry, max_connections=max_connections,
                health_check_interval=health_check_interval, client_name=client_name, protocol=protocol,
            )
            if unix_socket_path is not None:
                options.update(path=unix_socket_path, connection_class=UnixDomainSocketConnection)
            else:
                options.update(host=host, port=port, socket_connect_timeout=socket_connect_timeout)
            connection_pool = ConnectionPool(**options)
        self.connection_pool = connection_pool
        self.response_callbacks = dict(CALLBACKS)
        self.connection = connection_pool.get_connection("_") if single_connection_client else None

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__name__}({self.connection_pool!r})>"

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        connection, self.connection = getattr(self, "connection", None), None
        if connection:
            self.connection_pool.release(connection)
        if getattr(self, "auto_close_connection_pool", False):
            self.connection_pool.disconnect()

    def get_encoder(self):
        return self.connection_pool.get_encoder()

    def get_connection_kwargs(self):
        return self.connection_pool.connection_kwargs

    def set_response_callback(self, command, callback):
        self.response_callbacks[command] = callback

    def execute_command(self, *args, **options):
        """Sends a command and returns what its reply means."""
        pool, name = self.connection_pool, args[0]
        connection = self.connection or pool.get_connection(name)
        try:
            return connection.retry.call_with_retry(
                lambda: self._ask(connection, name, args, options), lambda error: self._failed(connection, error))
        finally:
            if not self.connection:
                pool.release(connection)

    def _ask(self, connection, name, args, options):
        connection.send_command(*args)
        return self.parse_response(connection, name, **options)

    def _failed(self, connection, error):
        connection.disconnect()
        if not isinstance(error, tuple(connection.retry_on_error)) and connection.retry.get_retries() == 0:
            raise error

    def parse_response(self, connection, command_name, **options):
        options.pop("keys", None)
        if connection.protocol == 3:
            options["protocol"] = 3
        return parse(self.response_callbacks, connection.read_response(), command_name, options)

    def pipeline(self, transaction=True, shard_hint=None):
        from redis.pipeline import Pipeline
        return Pipeline(self.connection_pool, self.response_callbacks, transaction)

    def transaction(self, func, *watches, value_from_callable=False, watch_delay=None, **options):
        """Calls func(pipeline) and executes it, again and again until nobody has changed what is watched."""
        with self.pipeline(True) as pipe:
            while True:
                try:
                    if watches:
                        pipe.watch(*watches)
                    value = func(pipe)
                    result = pipe.execute()
                    return value if value_from_callable else result
                except WatchError:
                    if watch_delay is not None and watch_delay > 0:
                        time.sleep(watch_delay)

    def lock(self, name, timeout=None, sleep=0.1, blocking=True, blocking_timeout=None, lock_class=None, thread_local=True):
        if lock_class is None:
            from redis.lock import Lock as lock_class
        return lock_class(self, name, timeout=timeout, sleep=sleep, blocking=blocking, blocking_timeout=blocking_timeout,
                          thread_local=thread_local)

    def pubsub(self, **options):
        from redis.pubsub import PubSub
        return PubSub(self.connection_pool, **options)

    def register_script(self, script):
        return Script(self, script)

    def scan_iter(self, match=None, count=None, _type=None, **options):
        cursor = "0"
        while cursor != 0:
            cursor, found = self.scan(cursor, match, count, _type)
            yield from found

    def sscan_iter(self, name, match=None, count=None):
        cursor = "0"
        while cursor != 0:
            cursor, found = self.sscan(name, cursor, match, count)
            yield from found

    def hscan_iter(self, name, match=None, count=None, no_values=None):
        cursor = "0"
        while cursor != 0:
            cursor, found = self.hscan(name, cursor, match, count)
            yield from found.items()

    def zscan_iter(self, name, match=None, count=None, score_cast_func=float):
        cursor = "0"
        while cursor != 0:
            cursor, found = self.zscan(name, cursor, match, count, score_cast_func)
            yield from found


StrictRedis = Redis


class Script:
    """A script that the server knows by its SHA-1 as soon as it has run once."""

    def __init__(self, registered_client, script):
        self.registered_client = registered_client
        self.script = script
        data = script.encode() if isinstance(script, str) else script
        self.sha = hashlib.sha1(data).hexdigest()

    def __call__(self, keys=(), args=(), client=None):
        client = client or self.registered_client
        words = (*keys, *args)
        if hasattr(client, "scripts"):
            # A pipeline: it must know the script before it is executed.
            client.scripts.add(self)
        try:
            return client.evalsha(self.sha, len(keys), *words)
        except NoScriptError:
            self.sha = client.script_load(self.script)
            return client.evalsha(self.sha, len(keys), *words)


def __getattr__(name):
    if name == "Pipeline":
        from redis.pipeline import Pipeline
        return Pipeline
    raise AttributeError(f"module 'redis.client' has no attribute {name!r}")
