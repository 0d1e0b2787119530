"""socket for greenlets: a call that has to wait lets others run. All names of the library's module are here too."""
import errno as _errno
import os as _os
import socket as _library

from gevent.hub import READ, WRITE, Waiter, get_hub

for _name in _library.__all__:
    globals()[_name] = getattr(_library, _name)
for _name in ("_GLOBAL_DEFAULT_TIMEOUT", "SocketIO", "EBADF", "EAGAIN", "EWOULDBLOCK"):
    globals()[_name] = getattr(_library, _name)
_Socket = _library.socket
__all__ = list(_library.__all__)

_IN_PROGRESS = (_errno.EINPROGRESS, _errno.EALREADY, _errno.EWOULDBLOCK)


class cancel_wait_ex(OSError):
    def __init__(self):
        OSError.__init__(self, _errno.EBADF, "File descriptor was closed in another greenlet")


def wait(io, timeout=None, timeout_exc=_library.timeout("timed out")):
    """Waits for a watcher."""
    hub = get_hub()
    waiter = Waiter(hub)
    timer = None
    if timeout is not None:
        timer = hub.loop.timer(timeout)
        timer.start(waiter.throw, timeout_exc)
    io.start(waiter.switch, waiter)
    try:
        waiter.get()
    finally:
        io.stop()
        if timer is not None:
            timer.stop()


def wait_read(fileno, timeout=None, timeout_exc=_library.timeout("timed out")):
    """Waits until it can be read from."""
    wait(get_hub().loop.io(fileno, READ), timeout, timeout_exc)


def wait_write(fileno, timeout=None, timeout_exc=_library.timeout("timed out")):
    """Waits until it can be written to."""
    wait(get_hub().loop.io(fileno, WRITE), timeout, timeout_exc)


class socket(_Socket):
    """A socket that makes only the greenlet wait that uses it. To the kernel it never blocks."""

    __module__ = "socket"

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _Socket.__init__(self, family, type, proto, fileno)
        self._timeout = _library.getdefaulttimeout()
        self._watchers = set()
        _Socket.settimeout(self, 0.0)

    def _await(self, events, seconds):
        """Waits for one of the events; close() by somebody else ends that."""
        fd = _Socket.fileno(self)
        if fd < 0:
            raise OSError(_errno.EBADF, "Bad file descriptor")
        if seconds == 0.0:
            raise BlockingIOError(_errno.EWOULDBLOCK, "Resource temporarily unavailable")
        watcher = get_hub().loop.io(fd, events)
        self._watchers.add(watcher)
        try:
            wait(watcher, seconds, _library.timeout("timed out"))
        finally:
            self._watchers.discard(watcher)

    def _again(self, events, call, *args):
        """Makes a call until it can be answered, for as long as the time-out says."""
        seconds, loop = self._timeout, get_hub().loop
        end = None if seconds is None else loop.now() + seconds
        while True:
            try:
                return call(self, *args)
            except BlockingIOError:
                if seconds == 0.0:
                    raise
            self._await(events, None if end is None else max(end - loop.now(), 1e-9))

    def accept(self):
        fd, address = self._again(READ, _Socket._accept)
        return socket(self.family, self.type, self.proto, fileno=fd), address

    def connect(self, address):
        if self._timeout == 0.0:
            return _Socket.connect(self, address)
        error = self._connected(address)
        if error:
            raise OSError(error, _os.strerror(error))

    def connect_ex(self, address):
        if self._timeout == 0.0:
            return _Socket.connect_ex(self, address)
        try:
            return self._connected(address)
        except _library.timeout:
            return _errno.EAGAIN

    def _connected(self, address):
        error = _Socket.connect_ex(self, address)
        if error not in _IN_PROGRESS:
            return error
        self._await(WRITE, self._timeout)
        return self.getsockopt(_library.SOL_SOCKET, _library.SO_ERROR)

    def recv(self, *args):
        return self._again(READ, _Socket.recv, *args)

    def recv_into(self, *args):
        return self._again(READ, _Socket.recv_into, *args)

    def recvfrom(self, *args):
        return self._again(READ, _Socket.recvfrom, *args)

    def recvfrom_into(self, *args):
        return self._again(READ, _Socket.recvfrom_into, *args)

    def recvmsg(self, *args):
        return self._again(READ, _Socket.recvmsg, *args)

    def recvmsg_into(self, *args):
        return self._again(READ, _Socket.recvmsg_into, *args)

    def send(self, *args):
        return self._again(WRITE, _Socket.send, *args)

    def sendto(self, *args):
        return self._again(WRITE, _Socket.sendto, *args)

    def sendmsg(self, *args):
        return self._again(WRITE, _Socket.sendmsg, *args)

    def sendall(self, data, flags=0):
        with memoryview(data) as view, view.cast("B") as rest:
            sent = 0
            while sent < len(rest):
                sent += self.send(rest[sent:], flags)

    def sendfile(self, file, offset=0, count=None):
        return self._sendfile_use_send(file, offset, count)

    def settimeout(self, value):
        if value is not None:
            value = float(value)
            if value < 0.0:
                raise ValueError("Timeout value out of range")
        self._timeout = value

    def gettimeout(self):
        return self._timeout

    timeout = property(gettimeout)

    def setblocking(self, flag):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0.0

    def _real_close(self):
        hub = get_hub()
        for watcher in list(self._watchers):
            hub.cancel_wait(watcher, cancel_wait_ex())
        _Socket._real_close(self)

    def detach(self):
        for watcher in list(self._watchers):
            get_hub().cancel_wait(watcher, cancel_wait_ex())
        return _Socket.detach(self)

    def dup(self):
        copy = type(self)(self.family, self.type, self.proto, fileno=_library.dup(_Socket.fileno(self)))
        copy.settimeout(self._timeout)
        return copy


SocketType = socket


def socketpair(family=None, type=_library.SOCK_STREAM, proto=0):
    return tuple(socket(end.family, end.type, end.proto, end.detach()) for end in _socketpair(family, type, proto))


_socketpair = _library.socketpair


def fromfd(fd, family, type, proto=0):
    return socket(family, type, proto, _library.dup(fd))


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """As the library's, for greenlets."""
    host, port = address
    errors = []
    for family, kind, proto, _, target in _library.getaddrinfo(host, port, 0, _library.SOCK_STREAM):
        made = None
        try:
            made = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                made.settimeout(timeout)
            if source_address:
                made.bind(source_address)
            made.connect(target)
            return made
        except OSError as error:
            errors = [*errors, error] if all_errors else [error]
            if made is not None:
                made.close()
    try:
        if not errors:
            raise OSError("getaddrinfo returns an empty list")
        if all_errors:
            raise ExceptionGroup("create_connection failed", errors)
        raise errors[0]
    finally:
        errors = None
