"""_thread for greenlets: a thread is a greenlet, its identifier the greenlet's."""
from _thread import TIMEOUT_MAX

from greenlet import getcurrent

from gevent.event import Event
from gevent.greenlet import Greenlet
from gevent.local import local as _local
from gevent.lock import Semaphore

__all__ = ["LockType", "allocate_lock", "get_ident", "exit", "start_new_thread", "start_joinable_thread"]


def get_ident(gr=None):
    return id(getcurrent() if gr is None else gr)


def start_new_thread(function, args=(), kwargs=None):
    return get_ident(Greenlet.spawn(_quietly, function, args, kwargs or {}))


def _quietly(function, args, kwargs):
    """A thread's SystemExit ends the thread only."""
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass


class _ThreadHandle:
    """A thread to be, to wait for, or gone."""

    def __init__(self):
        self.ident = None
        self._ended = Event()

    def is_done(self):
        return self._ended.is_set()

    def _set_done(self):
        self._ended.set()

    def join(self, timeout=None):
        if self.ident is None:
            raise RuntimeError("thread not started")
        if self.ident == get_ident() and not self.is_done():
            raise RuntimeError("Cannot join current thread")
        self._ended.wait(None if timeout is None or timeout < 0 else timeout)


def start_joinable_thread(function, handle=None, daemon=True):
    handle = _ThreadHandle() if handle is None else handle

    def body():
        try:
            function()
        except SystemExit:
            pass
        finally:
            handle._set_done()

    new = Greenlet(body)
    handle.ident = get_ident(new)
    new.start()
    return handle


class LockType:
    """A lock that makes greenlets wait."""

    __slots__ = ("_semaphore", "__weakref__")

    def __init__(self):
        self._semaphore = Semaphore(1)

    def acquire(self, blocking=True, timeout=-1):
        if timeout != -1 and not blocking:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout != -1 and timeout < 0:
            raise ValueError("timeout value must be a non-negative number")
        if timeout != -1 and timeout > TIMEOUT_MAX:
            raise OverflowError("timeout value is too large")
        return self._semaphore.acquire(bool(blocking), None if timeout == -1 else timeout)

    acquire_lock = acquire

    def release(self):
        if not self._semaphore.locked():
            raise RuntimeError("release unlocked lock")
        self._semaphore.release()

    release_lock = release

    def locked(self):
        return self._semaphore.locked()

    locked_lock = locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()

    def _at_fork_reinit(self):
        self._semaphore = Semaphore(1)

    def __repr__(self):
        return f"<{'locked' if self.locked() else 'unlocked'} _thread.lock object at {hex(id(self))}>"


def allocate_lock():
    return LockType()


def exit():
    raise SystemExit
