"""Publish and subscribe: what a subscriber gets."""
import threading
import time

from redis.exceptions import PubSubError, TimeoutError

SUBSCRIBED = ("subscribe", "psubscribe")
UNSUBSCRIBED = ("unsubscribe", "punsubscribe")


def message_of(reply):
    """A reply as a dictionary."""
    if isinstance(reply, (bytes, str)):
        return {"type": "pong", "pattern": None, "channel": None, "data": reply}
    kind = reply[0].decode() if isinstance(reply[0], bytes) else reply[0]
    if kind == "pmessage":
        return {"type": kind, "pattern": reply[1], "channel": reply[2], "data": reply[3]}
    if kind == "pong":
        return {"type": kind, "pattern": None, "channel": None, "data": reply[1]}
    return {"type": kind, "pattern": None, "channel": reply[1], "data": reply[2]}


class Subscriptions:
    """What is subscribed to, and what is called for it."""

    def forget(self):
        self.channels, self.patterns = {}, {}
        self.pending_unsubscribe_channels, self.pending_unsubscribe_patterns = set(), set()

    def names(self, args, handlers):
        """Names as the server sends them, with their handlers."""
        found = dict.fromkeys(name for arg in args for name in (arg if isinstance(arg, (list, tuple)) else [arg]))
        found.update(handlers)
        return {self.encoder.decode(self.encoder.encode(name)): handler for name, handler in found.items()}

    @property
    def subscribed(self):
        return bool(self.channels or self.patterns)

    def handle(self, reply, ignore_subscribe_messages):
        """A message for the program; None: it is for a handler, or for nobody."""
        message = message_of(reply)
        kind, channel = message["type"], message["channel"]
        if kind in UNSUBSCRIBED:
            known, leaving = ((self.patterns, self.pending_unsubscribe_patterns) if kind == "punsubscribe"
                              else (self.channels, self.pending_unsubscribe_channels))
            if channel in leaving:
                leaving.discard(channel)
                known.pop(channel, None)
        elif kind in ("message", "pmessage"):
            handler = self.patterns.get(message["pattern"]) if kind == "pmessage" else self.channels.get(channel)
            if handler:
                handler(message)
                return None
            return message
        elif kind == "pong":
            return message
        if ignore_subscribe_messages or self.ignore_subscribe_messages:
            return None
        return message


class PubSub(Subscriptions):
    """A subscriber: a connection of its own, on which messages come."""

    def __init__(self, connection_pool, shard_hint=None, ignore_subscribe_messages=False, encoder=None, **ignored):
        self.connection_pool = connection_pool
        self.ignore_subscribe_messages = ignore_subscribe_messages
        self.encoder = encoder or connection_pool.get_encoder()
        self.connection = None
        self._lock = threading.Lock()
        self.forget()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.reset()

    def reset(self):
        with self._lock:
            if self.connection:
                self.connection.disconnect()
                self.connection.deregister_connect_callback(self.on_connect)
                self.connection_pool.release(self.connection)
                self.connection = None
            self.forget()

    close = reset

    def on_connect(self, connection):
        """After the connection was lost, and is there again."""
        self.pending_unsubscribe_channels.clear()
        self.pending_unsubscribe_patterns.clear()
        if self.channels:
            channels, self.channels = self.channels, {}
            self.subscribe(*[name for name, handler in channels.items() if not handler],
                           **{self.encoder.decode(name, force=True): handler for name, handler in channels.items() if handler})
        if self.patterns:
            patterns, self.patterns = self.patterns, {}
            self.psubscribe(*[name for name, handler in patterns.items() if not handler],
                            **{self.encoder.decode(name, force=True): handler for name, handler in patterns.items() if handler})

    def execute_command(self, *args):
        if self.connection is None:
            self.connection = self.connection_pool.get_connection("pubsub")
            self.connection.register_connect_callback(self.on_connect)
        self._execute(lambda: self.connection.send_command(*args))

    def _execute(self, do):
        connection = self.connection
        return connection.retry.call_with_retry(do, lambda error: self._reconnect(connection, error))

    def _reconnect(self, connection, error):
        connection.disconnect()
        if isinstance(error, TimeoutError) and TimeoutError not in connection.retry_on_error:
            raise error
        connection.connect()

    def subscribe(self, *args, **handlers):
        new = self.names(args, handlers)
        self.execute_command("SUBSCRIBE", *new)
        self.channels.update(new)
        self.pending_unsubscribe_channels.difference_update(new)

    def psubscribe(self, *args, **handlers):
        new = self.names(args, handlers)
        self.execute_command("PSUBSCRIBE", *new)
        self.patterns.update(new)
        self.pending_unsubscribe_patterns.difference_update(new)

    def unsubscribe(self, *args):
        names = self.names(args, {})
        self.pending_unsubscribe_channels.update(names or self.channels)
        self.execute_command("UNSUBSCRIBE", *names)

    def punsubscribe(self, *args):
        names = self.names(args, {})
        self.pending_unsubscribe_patterns.update(names or self.patterns)
        self.execute_command("PUNSUBSCRIBE", *names)

    def ping(self, message=None):
        self.execute_command("PING", "" if message is None else message)
        return True

    def listen(self):
        """All messages, as they come."""
        while self.subscribed:
            reply = self._execute(self.connection.read_response)
            message = self.handle(reply, False)
            if message is not None:
                yield message

    def get_message(self, ignore_subscribe_messages=False, timeout=0.0):
        """The next message; None if none comes within `timeout` seconds (None: waits for ever)."""
        if self.connection is None:
            if self.subscribed or timeout == 0:
                raise RuntimeError("pubsub connection not set: did you forget to call subscribe() or psubscribe()?")
            time.sleep(timeout or 0)
            return None
        if timeout is not None and not self._execute(lambda: self._ready(timeout)):
            return None
        return self.handle(self._execute(self.connection.read_response), ignore_subscribe_messages)

    def _ready(self, timeout):
        self.connection.connect()
        return self.connection.can_read(timeout)

    def run_in_thread(self, sleep_time=0.0, daemon=False, exception_handler=None):
        """A thread that calls the handlers until its stop()."""
        for name, handler in (*self.channels.items(), *self.patterns.items()):
            if handler is None:
                raise PubSubError(f"Channel: '{name}' has no handler registered")
        thread = PubSubWorkerThread(self, sleep_time, daemon, exception_handler)
        thread.start()
        return thread


class PubSubWorkerThread(threading.Thread):
    def __init__(self, pubsub, sleep_time, daemon=False, exception_handler=None):
        super().__init__(daemon=daemon)
        self.pubsub, self.sleep_time, self.exception_handler = pubsub, sleep_time, exception_handler
        self._running = threading.Event()

    def run(self):
        self._running.set()
        while self._running.is_set():
            try:
                self.pubsub.get_message(ignore_subscribe_messages=True, timeout=self.sleep_time)
            except BaseException as error:
                if self.exception_handler is None:
                    raise
                self.exception_handler(error, self.pubsub, self)
        self.pubsub.close()

    def stop(self):
        self._running.clear()
