"""Connections on asyncio's streams, and pools of them."""
import asyncio

from redis.connection import Connection as BlockingConnection
from redis.exceptions import AuthenticationError, ConnectionError, MaxConnectionsError, ResponseError, TimeoutError
from redis.protocol import Encoder, NeedMore, ReplyReader
from redis.url import parse_url


async def call_with_retry(retry, do, fail):
    """redis.retry.Retry.call_with_retry for coroutines."""
    retry._backoff.reset()
    failures = 0
    while True:
        try:
            return await do()
        except retry._supported_errors as error:
            failures += 1
            await fail(error)
            if 0 <= retry._retries < failures:
                raise
            pause = retry._backoff.compute(failures)
            if pause > 0:
                await asyncio.sleep(pause)


class Connection(BlockingConnection):
    """One connection. It is made when it is used first."""

    _writer = None

    @property
    def is_connected(self):
        return self._writer is not None

    async def connect(self):
        if self._writer is not None:
            return
        try:
            await call_with_retry(self.retry, self._connect, self._again)
        except (asyncio.TimeoutError, TimeoutError):
            raise TimeoutError("Timeout connecting to server")
        except OSError as error:
            raise ConnectionError(self._error_message(error))
        try:
            await self.on_connect()
        except BaseException:
            await self.disconnect()
            raise
        for callback in list(self.callbacks):
            await callback(self)

    async def _again(self, error):
        await self.disconnect()

    async def _connect(self):
        async with asyncio.timeout(self.socket_connect_timeout):
            opened = asyncio.open_unix_connection(self.path) if self.path else asyncio.open_connection(self.host, self.port)
            self._stream, self._writer = await opened
        self._reader = ReplyReader(self.encoder)

    async def on_connect(self):
        login = (self.username or "default", self.password)
        if self.protocol == 3:
            await self.send_command(*(("HELLO", 3, "AUTH", *login) if self.password else ("HELLO", 3)))
            await self.read_response()
        elif self.password or self.username:
            await self.send_command("AUTH", *([self.username] if self.username else []), self.password or "")
            if await self.read_response() not in (b"OK", "OK"):
                raise AuthenticationError("Invalid Username or Password")
        if self.client_name:
            await self.send_command("CLIENT", "SETNAME", self.client_name)
            await self.read_response()
        if self.db:
            await self.send_command("SELECT", self.db)
            await self.read_response()

    async def disconnect(self, nowait=False):
        writer, self._writer = self._writer, None
        self._reader = None
        if writer is None:
            return
        writer.close()
        if not nowait:
            try:
                await writer.wait_closed()
            except OSError:
                pass

    async def send_packed_command(self, data, check_health=True):
        if self._writer is None:
            await self.connect()
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError as error:
            await self.disconnect(nowait=True)
            number, text = ("UNKNOWN", error) if len(error.args) == 1 else error.args[:2]
            raise ConnectionError(f"Error {number} while writing to socket. {text}.")

    async def send_command(self, *args, **options):
        await self.send_packed_command(self.encoder.pack(args))

    async def can_read_destructive(self):
        """Whether something has come that nobody has asked for, or the end."""
        return bool(self._reader) or self._stream.at_eof() or bool(self._stream._buffer)

    async def read_response(self, disable_decoding=False, timeout=None, *, disconnect_on_error=True):
        """The next reply. Raises it if it is an error. Cut short, it closes the connection: the reply may still come."""
        limit = self.socket_timeout if timeout is None else timeout
        try:
            if limit is None:
                reply = await self._next(not disable_decoding)
            else:
                async with asyncio.timeout(limit):
                    reply = await self._next(not disable_decoding)
        except asyncio.TimeoutError:
            if timeout is not None:
                return None
            await self.disconnect(nowait=True)
            raise TimeoutError(f"Timeout reading from {self._where()}")
        except OSError as error:
            await self.disconnect(nowait=True)
            raise ConnectionError(f"Error while reading from {self._where()} : {error.args}")
        except BaseException:
            if disconnect_on_error:
                await self.disconnect(nowait=True)
            raise
        if isinstance(reply, (ResponseError, ConnectionError)):
            raise reply
        return reply

    async def _next(self, decode):
        while True:
            try:
                return self._reader.get(decode)
            except NeedMore:
                data = await self._stream.read(self.socket_read_size)
                if not data:
                    raise ConnectionError("Connection closed by server.")
                self._reader.feed(data)


class ConnectionPool:
    """Connections that tasks share, each used by one at a time."""

    def __init__(self, connection_class=Connection, max_connections=None, **connection_kwargs):
        self.connection_class = connection_class
        self.connection_kwargs = connection_kwargs
        self.max_connections = max_connections or 2 ** 31
        self._available, self._in_use = [], set()

    @classmethod
    def from_url(cls, url, **options):
        parsed = parse_url(url)
        parsed.pop("connection_class", None)
        return cls(**{**options, **parsed})

    def get_encoder(self):
        options = self.connection_kwargs
        return Encoder(options.get("encoding", "utf-8"), options.get("encoding_errors", "strict"),
                       options.get("decode_responses", False))

    async def get_connection(self, command_name=None, *keys, **options):
        if self._available:
            connection = self._available.pop()
        elif len(self._in_use) >= self.max_connections:
            raise MaxConnectionsError("Too many connections")
        else:
            connection = self.connection_class(**self.connection_kwargs)
        self._in_use.add(connection)
        try:
            await connection.connect()
            # One that the server has closed meanwhile is made anew.
            if await connection.can_read_destructive():
                await connection.disconnect()
                await connection.connect()
        except BaseException:
            await self.release(connection)
            raise
        return connection

    async def release(self, connection):
        self._in_use.discard(connection)
        self._available.append(connection)

    async def disconnect(self, inuse_connections=True):
        for connection in (*self._available, *(self._in_use if inuse_connections else ())):
            await connection.disconnect()

    async def aclose(self):
        await self.disconnect()
