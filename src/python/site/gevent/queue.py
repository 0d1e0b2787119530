"""Queues between greenlets. Iterating over one ends with StopIteration, the class, as an item."""
from collections import deque
from heapq import heapify, heappop, heappush
from queue import Empty, Full

from greenlet import getcurrent

from gevent.event import Event
from gevent.exceptions import InvalidSwitchError
from gevent.hub import Waiter, get_hub
from gevent.timeout import Timeout

__all__ = ["Queue", "PriorityQueue", "LifoQueue", "SimpleQueue", "JoinableQueue", "Channel", "Empty", "Full"]


class _ItemWaiter(Waiter):
    """Who waits until there is room for its item."""

    __slots__ = ("item",)

    def __init__(self, item, hub):
        Waiter.__init__(self, hub)
        self.item = item


class Queue:
    """Queue(maxsize=None, items=None, unfinished_tasks=None): first in, first out."""

    def __init__(self, maxsize=None, items=(), *, _warn_depth=2):
        self._maxsize = None if maxsize is None or maxsize < 0 else maxsize
        if maxsize == 0:
            import warnings
            warnings.warn("Queue(0) now equivalent to Queue(None); if you want a channel, use Channel",
                          DeprecationWarning, stacklevel=_warn_depth)
            self._maxsize = None
        # Waiters of greenlets that are in get and in put.
        self.getters, self.putters = deque(), deque()
        self._unlocks = None
        self.queue = self._create(items)

    def _create(self, items):
        return deque(items)

    def _get(self):
        return self.queue.popleft()

    def _peek(self):
        return self.queue[0]

    def _put(self, item):
        self.queue.append(item)

    @property
    def maxsize(self):
        return self._maxsize

    @maxsize.setter
    def maxsize(self, value):
        self._maxsize = None if value is None or value <= 0 else value

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))}{self._format()}>"

    __str__ = __repr__

    def _format(self):
        parts = [f" maxsize={self._maxsize!r}" if self._maxsize is not None else "", f" queue={self.queue!r}" if self.queue else ""]
        for name in ("getters", "putters"):
            waiting = len(getattr(self, name))
            parts.append(f" {name}[{waiting}]" if waiting else "")
        return "".join(parts)

    def copy(self):
        return type(self)(self._maxsize, self.queue)

    def qsize(self):
        return len(self.queue)

    __len__ = qsize

    def __bool__(self):
        return True

    def empty(self):
        return not self.qsize()

    def full(self):
        return self._maxsize is not None and self.qsize() >= self._maxsize

    def put(self, item, block=True, timeout=None):
        """Put an item into the queue; waits for room if `block`, at most `timeout` seconds, or raises Full."""
        if self._maxsize is None or self.qsize() < self._maxsize:
            self._put(item)
            if self.getters:
                self._unlock_soon()
            return
        hub = get_hub()
        if getcurrent() is hub:
            # The hub cannot wait: a getter must make room now.
            while self.getters and self.full() and self.qsize():
                self._unlock()
            if not self.full():
                return self.put(item)
            raise Full
        if not block:
            raise Full
        waiter = _ItemWaiter(item, hub)
        self.putters.append(waiter)
        timer = Timeout.start_new(timeout, Full)
        try:
            if self.getters:
                self._unlock_soon()
            if waiter.get() is not waiter:
                raise InvalidSwitchError("Invalid switch into Queue.put()")
        finally:
            timer.cancel()
            _remove(self.putters, waiter)

    def put_nowait(self, item):
        self.put(item, False)

    def _got(self, method, block, timeout):
        if self.qsize():
            if self.putters:
                self._unlock_soon()
            return method()
        hub = get_hub()
        if getcurrent() is hub:
            while self.putters:
                putter = self.putters.popleft()
                self._put(putter.item)
                get_hub().loop.run_callback(putter.switch, putter)
                if self.qsize():
                    return method()
            raise Empty
        if not block:
            raise Empty
        waiter = Waiter(hub)
        timer = Timeout.start_new(timeout, Empty)
        try:
            self.getters.append(waiter)
            if self.putters:
                self._unlock_soon()
            if waiter.get() is not waiter:
                raise InvalidSwitchError("Invalid switch into Queue.get()")
            return method()
        finally:
            timer.cancel()
            _remove(self.getters, waiter)

    def get(self, block=True, timeout=None):
        """Remove and return an item; waits for one if `block`, at most `timeout` seconds, or raises Empty."""
        return self._got(self._get, block, timeout)

    def get_nowait(self):
        return self.get(False)

    def peek(self, block=True, timeout=None):
        """An item without removing it."""
        return self._got(self._peek, block, timeout)

    def peek_nowait(self):
        return self.peek(False)

    def _unlock_soon(self):
        if not self._unlocks:
            self._unlocks = get_hub().loop.run_callback(self._unlock)

    def _unlock(self):
        """In the hub: lets those go on who can."""
        while True:
            repeat = False
            if self.putters and (self._maxsize is None or self.qsize() < self._maxsize):
                repeat = True
                putter = self.putters.popleft()
                self._put(putter.item)
                putter.switch(putter)
            if self.getters and self.qsize():
                repeat = True
                getter = self.getters.popleft()
                getter.switch(getter)
            if not repeat:
                return

    def __iter__(self):
        return self

    def __next__(self):
        result = self.get()
        if result is StopIteration:
            raise result
        return result

    next = __next__


class SimpleQueue(Queue):
    """queue.SimpleQueue's interface."""

    def __init__(self, *_):
        Queue.__init__(self)


class PriorityQueue(Queue):
    """The smallest item first."""

    def _create(self, items):
        heap = list(items)
        heapify(heap)
        return heap

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    """The last item first."""

    def _create(self, items):
        return list(items)

    def _get(self):
        return self.queue.pop()

    def _peek(self):
        return self.queue[-1]


class JoinableQueue(Queue):
    """One that can be waited for: until each item has been told to be done."""

    def __init__(self, maxsize=None, items=(), unfinished_tasks=None):
        Queue.__init__(self, maxsize, items, _warn_depth=3)
        self._cond = Event()
        self._cond.set()
        self.unfinished_tasks = unfinished_tasks or self.qsize()
        if self.unfinished_tasks:
            self._cond.clear()

    def _put(self, item):
        Queue._put(self, item)
        self.unfinished_tasks += 1
        self._cond.clear()

    def task_done(self):
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1
        if self.unfinished_tasks == 0:
            self._cond.set()

    def join(self, timeout=None):
        return self._cond.wait(timeout=timeout)


class Channel:
    """A queue of no length: who puts waits for who gets."""

    def __init__(self, maxsize=1):
        if maxsize != 1:
            raise ValueError("Channels have a maxsize of 1")
        self.getters, self.putters = deque(), deque()
        self._unlocks = None

    @property
    def balance(self):
        return len(self.putters) - len(self.getters)

    def qsize(self):
        return 0

    def empty(self):
        return True

    full = empty

    def put(self, item, block=True, timeout=None):
        hub = get_hub()
        if not block:
            timeout = 0
        waiter = Waiter(hub)
        entry = item, waiter
        self.putters.append(entry)
        timer = Timeout.start_new(timeout, Full)
        try:
            if self.getters:
                self._unlock_soon()
            if waiter.get() is not waiter:
                raise InvalidSwitchError("Invalid switch into Channel.put")
        finally:
            timer.cancel()
            _remove(self.putters, entry)

    def put_nowait(self, item):
        self.put(item, False)

    def get(self, block=True, timeout=None):
        hub = get_hub()
        if not block:
            timeout = 0
        waiter = Waiter(hub)
        self.getters.append(waiter)
        timer = Timeout.start_new(timeout, Empty)
        try:
            if self.putters:
                self._unlock_soon()
            return waiter.get()
        finally:
            timer.cancel()
            _remove(self.getters, waiter)

    def get_nowait(self):
        return self.get(False)

    def _unlock_soon(self):
        if not self._unlocks:
            self._unlocks = get_hub().loop.run_callback(self._unlock)

    def _unlock(self):
        while self.putters and self.getters:
            getter = self.getters.popleft()
            item, putter = self.putters.popleft()
            getter.switch(item)
            putter.greenlet and get_hub().loop.run_callback(putter.switch, putter)

    def __iter__(self):
        return self

    __next__ = Queue.__next__


def _remove(waiters, waiter):
    try:
        waiters.remove(waiter)
    except ValueError:
        pass
