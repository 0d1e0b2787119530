"""Semaphore, BoundedSemaphore, RLock: for greenlets of one thread."""
from greenlet import getcurrent

from gevent.hub import linkable

__all__ = ["Semaphore", "BoundedSemaphore", "DummySemaphore", "RLock"]


class Semaphore(linkable):
    """Semaphore(value=1): so many may be in at a time."""

    __slots__ = ("counter", "hub", "_links", "_notifier", "__weakref__")

    def __init__(self, value=1, hub=None):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self.counter = value
        self._begin_links()

    def __str__(self):
        return f"<{type(self).__name__} at {hex(id(self))} counter={self.counter} _links[{len(self._links)}]>"

    def locked(self):
        return self.counter <= 0

    def ready(self):
        return self.counter > 0

    def release(self):
        self.counter += 1
        self._check_and_notify()
        return self.counter

    def wait(self, timeout=None):
        """Waits until it could be acquired, and does not do it."""
        self._wait(timeout)
        return self.counter

    def acquire(self, blocking=True, timeout=None):
        if self.counter <= 0:
            if not blocking or timeout is not None and timeout <= 0 and timeout != -1:
                return False
            if not self._acquired_later(None if timeout == -1 else timeout):
                return False
        self.counter -= 1
        return True

    def _acquired_later(self, timeout):
        while self.counter <= 0:
            if not self._wait(timeout):
                return False
        return True

    def __enter__(self):
        self.acquire()

    def __exit__(self, *_):
        self.release()


class BoundedSemaphore(Semaphore):
    """One that complains when it is released more often than acquired."""

    __slots__ = ("_initial_value",)

    def __init__(self, *args, **kwargs):
        Semaphore.__init__(self, *args, **kwargs)
        self._initial_value = self.counter

    def release(self):
        if self.counter >= self._initial_value:
            raise ValueError("Semaphore released too many times")
        return Semaphore.release(self)


class DummySemaphore:
    """One that never makes anybody wait."""

    def __init__(self, value=None):
        pass

    def locked(self):
        return False

    def ready(self):
        return True

    def release(self):
        pass

    def wait(self, timeout=None):
        return 1

    def acquire(self, blocking=True, timeout=None):
        return True

    __enter__ = acquire

    def __exit__(self, *_):
        pass


class RLock:
    """A lock that its owner, a greenlet, can acquire again."""

    __slots__ = ("_block", "_owner", "_count", "__weakref__")

    def __init__(self, hub=None):
        self._block = Semaphore(1)
        self._owner = None
        self._count = 0

    def __repr__(self):
        return f"<{type(self).__name__} at 0x{id(self):x} _block={self._block} _count={self._count!r} _owner={self._owner!r}>"

    def acquire(self, blocking=True, timeout=None):
        me = getcurrent()
        if self._owner is me:
            self._count += 1
            return 1
        if timeout == -1:
            timeout = None
        if not self._block.acquire(blocking, timeout):
            return False
        self._owner, self._count = me, 1
        return True

    def __enter__(self):
        return self.acquire()

    def release(self):
        if self._owner is not getcurrent():
            raise RuntimeError(f"cannot release un-acquired lock. Owner: {self._owner!r} Current: {getcurrent()!r}")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __exit__(self, *_):
        self.release()

    def locked(self):
        return self._count > 0

    # threading.Condition's.

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _release_save(self):
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _is_owned(self):
        return self._owner is getcurrent()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0

    def _at_fork_reinit(self):
        self.__init__()
