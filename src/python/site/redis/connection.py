"""Connections to a server, and pools of them."""
import os
import socket
import threading
import time

from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, ConnectionError, MaxConnectionsError, ResponseError, TimeoutError
from redis.protocol import Encoder, NeedMore, ReplyReader
from redis.retry import Retry


def retry_policy(retry, retry_on_timeout, retry_on_error):
    """As redis-py: no second attempt, unless one is asked for; and which errors have one."""
    errors = list(retry_on_error or [])
    if retry_on_timeout:
        errors.append(TimeoutError)
    if retry or errors:
        import copy
        policy = copy.copy(retry) if retry else Retry(NoBackoff(), 1)
        policy.update_supported_errors(errors)
    else:
        policy = Retry(NoBackoff(), 0)
    return policy, errors


class Connection:
    """One connection by TCP. It is made when it is used first."""

    def __init__(self, host="localhost", port=6379, db=0, password=None, socket_timeout=None, socket_connect_timeout=None,
                 socket_keepalive=False, retry_on_timeout=False, retry_on_error=None, retry=None, encoding="utf-8",
                 encoding_errors="strict", decode_responses=False, socket_read_size=65536, health_check_interval=0,
                 client_name=None, username=None, protocol=2, path=None, **ignored):
        self.pid = os.getpid()
        self.host, self.port, self.path, self.db = host, int(port), path, db
        self.username, self.password, self.client_name = username, password, client_name
        self.protocol = int(protocol)
        self.socket_timeout = socket_timeout
        self.socket_connect_timeout = socket_timeout if socket_connect_timeout is None else socket_connect_timeout
        self.socket_read_size = socket_read_size
        self.health_check_interval = health_check_interval
        self.next_health_check = 0
        self.retry, self.retry_on_error = retry_policy(retry, retry_on_timeout, retry_on_error)
        self.encoder = Encoder(encoding, encoding_errors, decode_responses)
        self.callbacks = []
        self._sock = None
        self._reader = None

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__name__}(host={self.host},port={self.port},db={self.db})>"

    def register_connect_callback(self, callback):
        """Called with the connection each time it has been made."""
        if callback not in self.callbacks:
            self.callbacks.append(callback)

    def deregister_connect_callback(self, callback):
        if callback in self.callbacks:
            self.callbacks.remove(callback)

    def connect(self):
        if self._sock:
            return
        try:
            sock = self.retry.call_with_retry(self._connect, lambda error: self.disconnect())
        except socket.timeout:
            raise TimeoutError("Timeout connecting to server")
        except OSError as error:
            raise ConnectionError(self._error_message(error))
        self._sock = sock
        self._reader = ReplyReader(self.encoder)
        try:
            self.on_connect()
        except BaseException:
            self.disconnect()
            raise
        for callback in list(self.callbacks):
            callback(self)

    def _connect(self):
        sock = socket.create_connection((self.host, self.port), self.socket_connect_timeout)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(self.socket_timeout)
        return sock

    def _where(self):
        return f"{self.host}:{self.port}"

    def _error_message(self, error):
        if not error.args:
            return f"Error connecting to {self._where()}."
        if len(error.args) == 1:
            return f"Error {error.args[0]} connecting to {self._where()}."
        return f"Error {error.args[0]} connecting to {self._where()}. {error.args[1]}."

    def on_connect(self):
        """What the server must know first."""
        login = (self.username or "default", self.password)
        if self.protocol == 3:
            words = ("HELLO", 3, "AUTH", *login) if self.password else ("HELLO", 3)
            self.send_command(*words)
            self.read_response()
        elif self.password or self.username:
            self.send_command("AUTH", *([self.username] if self.username else []), self.password or "")
            if self.read_response() not in (b"OK", "OK"):
                raise AuthenticationError("Invalid Username or Password")
        if self.client_name:
            self.send_command("CLIENT", "SETNAME", self.client_name)
            self.read_response()
        if self.db:
            self.send_command("SELECT", self.db)
            self.read_response()

    def disconnect(self, *args):
        sock, self._sock = self._sock, None
        self._reader = None
        if sock is None:
            return
        if os.getpid() == self.pid:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        sock.close()

    def check_health(self):
        if self.health_check_interval and time.monotonic() > self.next_health_check:
            self.retry.call_with_retry(self._ping, lambda error: self.disconnect())

    def _ping(self):
        self.send_packed_command(self.encoder.pack(("PING",)), check_health=False)
        if self.read_response() not in (b"PONG", "PONG"):
            raise ConnectionError("Bad response from PING health check")

    def send_packed_command(self, data, check_health=True):
        if self._sock is None:
            self.connect()
        if check_health:
            self.check_health()
        try:
            self._sock.sendall(data)
        except socket.timeout:
            self.disconnect()
            raise TimeoutError("Timeout writing to socket")
        except OSError as error:
            self.disconnect()
            number, text = ("UNKNOWN", error.args[0]) if len(error.args) == 1 else error.args[:2]
            raise ConnectionError(f"Error {number} while writing to socket. {text}.")

    def send_command(self, *args, **options):
        self.send_packed_command(self.encoder.pack(args), check_health=options.get("check_health", True))

    def can_read(self, timeout=0):
        """Whether a part of a reply is there, or comes within so many seconds."""
        if self._sock is None:
            self.connect()
        if self._reader:
            return True
        try:
            return self._fill(timeout)
        except OSError as error:
            self.disconnect()
            raise ConnectionError(f"Error while reading from {self._where()}: {error.args}")

    def _fill(self, timeout):
        """Waits for more; whether any came. ConnectionError at the end."""
        sock = self._sock
        # Where it can be asked without waiting, one call is enough.
        at_once = timeout == 0 and self.socket_timeout is None
        if not at_once:
            sock.settimeout(timeout)
        try:
            data = sock.recv(self.socket_read_size, socket.MSG_DONTWAIT if at_once else 0)
        except (BlockingIOError, socket.timeout):
            return False
        finally:
            if not at_once:
                sock.settimeout(self.socket_timeout)
        if not data:
            raise ConnectionError("Connection closed by server.")
        self._reader.feed(data)
        return True

    def read_response(self, disable_decoding=False, *, timeout=None, disconnect_on_error=True, push_request=False):
        """The next reply. Raises it if it is an error."""
        try:
            while True:
                try:
                    reply = self._reader.get(not disable_decoding)
                    break
                except NeedMore:
                    data = self._sock.recv(self.socket_read_size)
                    if not data:
                        raise ConnectionError("Connection closed by server.")
                    self._reader.feed(data)
        except socket.timeout:
            if disconnect_on_error:
                self.disconnect()
            raise TimeoutError(f"Timeout reading from {self._where()}")
        except OSError as error:
            if disconnect_on_error:
                self.disconnect()
            raise ConnectionError(f"Error while reading from {self._where()} : {error.args}")
        except BaseException:
            # Also for KeyboardInterrupt: half a reply would be taken for the next one.
            if disconnect_on_error:
                self.disconnect()
            raise
        if self.health_check_interval:
            self.next_health_check = time.monotonic() + self.health_check_interval
        if isinstance(reply, ResponseError) or isinstance(reply, ConnectionError):
            raise reply
        return reply


class UnixDomainSocketConnection(Connection):
    def _connect(self):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(self.socket_connect_timeout)
        sock.connect(self.path)
        sock.settimeout(self.socket_timeout)
        return sock

    def _where(self):
        return self.path


class ConnectionPool:
    """Connections that threads share, each used by one at a time."""

    def __init__(self, connection_class=Connection, max_connections=None, **connection_kwargs):
        max_connections = max_connections or 2 ** 31
        if not isinstance(max_connections, int) or max_connections < 0:
            raise ValueError('"max_connections" must be a positive integer')
        self.connection_class = connection_class
        self.connection_kwargs = connection_kwargs
        self.max_connections = max_connections
        self._fork_lock = threading.Lock()
        self.reset()

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__name__}({self.connection_kwargs})>"

    @classmethod
    def from_url(cls, url, **options):
        from redis.url import parse_url
        return cls(**{**options, **parse_url(url)})

    def reset(self):
        self._lock = threading.Lock()
        self._created = 0
        self._available = []
        self._in_use = set()
        self.pid = os.getpid()

    def _check_pid(self):
        """A child process must not use its parent's connections."""
        if self.pid != os.getpid():
            with self._fork_lock:
                if self.pid != os.getpid():
                    self.reset()

    def get_encoder(self):
        options = self.connection_kwargs
        return Encoder(options.get("encoding", "utf-8"), options.get("encoding_errors", "strict"),
                       options.get("decode_responses", False))

    def make_connection(self):
        if self._created >= self.max_connections:
            raise MaxConnectionsError("Too many connections")
        self._created += 1
        return self.connection_class(**self.connection_kwargs)

    def _take(self):
        with self._lock:
            connection = self._available.pop() if self._available else self.make_connection()
            self._in_use.add(connection)
        return connection

    def get_connection(self, command_name=None, *keys, **options):
        self._check_pid()
        connection = self._take()
        try:
            connection.connect()
            # One that the server has closed meanwhile is made anew.
            try:
                if connection.can_read():
                    raise ConnectionError("Connection has data")
            except (ConnectionError, OSError):
                connection.disconnect()
                connection.connect()
                if connection.can_read():
                    raise ConnectionError("Connection not ready")
        except BaseException:
            self.release(connection)
            raise
        return connection

    def release(self, connection):
        self._check_pid()
        with self._lock:
            self._in_use.discard(connection)
            if connection.pid == self.pid:
                self._available.append(connection)
            else:
                self._created -= 1
                connection.disconnect()

    def disconnect(self, inuse_connections=True):
        self._check_pid()
        with self._lock:
            for connection in (*self._available, *(self._in_use if inuse_connections else ())):
                connection.disconnect()

    def close(self):
        self.disconnect()


class BlockingConnectionPool(ConnectionPool):
    """A pool whose users wait, up to `timeout` seconds, while all of its connections are in use."""

    def __init__(self, max_connections=50, timeout=20, connection_class=Connection, **connection_kwargs):
        self.timeout = timeout
        super().__init__(connection_class, max_connections, **connection_kwargs)

    def reset(self):
        super().reset()
        self._room = threading.BoundedSemaphore(self.max_connections)

    def _take(self):
        if not self._room.acquire(timeout=self.timeout):
            raise ConnectionError("No connection available.")
        return super()._take()

    def release(self, connection):
        own = connection in self._in_use
        super().release(connection)
        if own:
            self._room.release()
