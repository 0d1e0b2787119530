"""select and poll for greenlets."""
import select as _library
from select import POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, error

from gevent.event import Event
from gevent.hub import READ, WRITE, get_hub

__all__ = ["select", "poll", "error"]
_select, _poll = _library.select, _library.poll


def select(rlist, wlist, xlist, timeout=None):
    """As the library's: which of these descriptors are ready, at the latest after the time-out."""
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    found = _select(rlist, wlist, xlist, 0)
    if any(found) or timeout == 0:
        return found
    _ready_one([(fd, READ) for fd in map(_number, rlist)] + [(fd, WRITE) for fd in map(_number, wlist)], timeout)
    return _select(rlist, wlist, xlist, 0)


class poll:
    """As the library's."""

    def __init__(self):
        self._poll = _poll()
        self._masks = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT):
        self._poll.register(fd, eventmask)
        self._masks[_number(fd)] = eventmask

    def modify(self, fd, eventmask):
        self._poll.modify(fd, eventmask)
        self._masks[_number(fd)] = eventmask

    def unregister(self, fd):
        self._poll.unregister(fd)
        self._masks.pop(_number(fd), None)

    def poll(self, timeout=None):
        found = self._poll.poll(0)
        if found or timeout == 0:
            return found
        wanted = []
        for fd, mask in self._masks.items():
            wanted += [(fd, READ)] if mask & (POLLIN | POLLPRI) else []
            wanted += [(fd, WRITE)] if mask & POLLOUT else []
        _ready_one(wanted, None if timeout is None or timeout < 0 else timeout / 1000)
        return self._poll.poll(0)


def _number(fd):
    return fd if isinstance(fd, int) else fd.fileno()


def _ready_one(wanted, timeout):
    """Waits until one of these descriptors may be ready."""
    ready, loop = Event(), get_hub().loop
    watchers = [loop.io(fd, events) for fd, events in wanted]
    try:
        for watcher in watchers:
            watcher.start(ready.set)
        ready.wait(timeout)
    finally:
        for watcher in watchers:
            watcher.stop()
