"""Group and Pool: greenlets that are waited for and killed together, and of which only so many run at a time."""
from heapq import heappop, heappush

from greenlet import GreenletExit, getcurrent

from gevent.event import Event
from gevent.greenlet import Greenlet, joinall, killall
from gevent.hub import get_hub
from gevent.lock import DummySemaphore, Semaphore
from gevent.queue import Queue
from gevent.timeout import Timeout

__all__ = ["Group", "Pool", "PoolFull"]


class PoolFull(Exception):
    """There was no room in a pool for so long."""


class Group:
    """Greenlets that run. One that has finished is no longer in it."""

    greenlet_class = Greenlet

    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError(f"Group() takes at most 1 argument ({len(args)} given)")
        self.greenlets = set(*args)
        for new in self.greenlets:
            new.rawlink(self._discard)
        self.dying = set()
        self._empty_event = Event()
        if not self.greenlets:
            self._empty_event.set()

    def __repr__(self):
        return f"<{type(self).__name__} at 0x{id(self):x} {self.greenlets}>"

    def __len__(self):
        return len(self.greenlets)

    def __contains__(self, item):
        return item in self.greenlets

    def __iter__(self):
        return iter(self.greenlets)

    def add(self, greenlet):
        greenlet.rawlink(self._discard)
        self.greenlets.add(greenlet)
        self._empty_event.clear()

    def discard(self, greenlet):
        self._discard(greenlet)
        greenlet.unlink(self._discard)

    def _discard(self, greenlet):
        self.greenlets.discard(greenlet)
        self.dying.discard(greenlet)
        if not self.greenlets:
            self._empty_event.set()

    def start(self, greenlet):
        self.add(greenlet)
        greenlet.start()

    def spawn(self, *args, **kwargs):
        """A new greenlet of the group, which begins at the next turn of the loop."""
        new = self.greenlet_class(*args, **kwargs)
        self.start(new)
        return new

    def full(self):
        return False

    def wait_available(self, timeout=None):
        return 1

    def join(self, timeout=None, raise_error=False):
        """Waits until all have finished."""
        greenlets = list(self.greenlets) if raise_error else ()
        result = self._empty_event.wait(timeout=timeout)
        for done in greenlets:
            if done.exception is not None:
                raise done.exception
        return result

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        """Kills all of them, and those that come meanwhile."""
        timer = Timeout.start_new(timeout)
        try:
            while self.greenlets:
                for victim in list(self.greenlets):
                    if victim in self.dying:
                        continue
                    self.dying.add(victim)
                    victim.kill(exception, block=False)
                if not block:
                    break
                joinall(list(self.greenlets))
                # Their links come at the next turn.
                self._empty_event.wait()
        except Timeout as late:
            if late is not timer:
                raise
        finally:
            timer.cancel()

    def killone(self, greenlet, exception=GreenletExit, block=True, timeout=None):
        if greenlet not in self.dying and greenlet in self.greenlets:
            greenlet.kill(exception, block=False)
            self.dying.add(greenlet)
            if block:
                greenlet.join(timeout)

    # ---- functions over many arguments

    def _at_once(self):
        # A greenlet of the group that waits for another would take its place for ever.
        return getcurrent() in self

    def apply(self, func, args=None, kwds=None):
        args, kwds = args or (), kwds or {}
        if self._at_once():
            return func(*args, **kwds)
        return self.spawn(func, *args, **kwds).get()

    def apply_async(self, func, args=None, kwds=None, callback=None):
        args, kwds = args or (), kwds or {}
        if self._must_wait():
            return Greenlet.spawn(self.apply_cb, func, args, kwds, callback)
        new = self.spawn(func, *args, **kwds)
        if callback is not None:
            new.link(_pass_value(callback))
        return new

    def _must_wait(self):
        return self._at_once()

    def apply_cb(self, func, args=None, kwds=None, callback=None):
        result = self.apply(func, args, kwds)
        if callback is not None:
            Greenlet.spawn(callback, result)
        return result

    def map(self, func, iterable):
        return list(self.imap(func, iterable))

    def map_async(self, func, iterable, callback=None):
        return Greenlet.spawn(self.map_cb, func, iterable, callback)

    def map_cb(self, func, iterable, callback=None):
        result = self.map(func, iterable)
        if callback is not None:
            callback(result)
        return result

    def imap(self, func, *iterables, maxsize=None):
        """Yields results in the order of the arguments."""
        return _Results(self, func, zip(*iterables), maxsize, True)

    def imap_unordered(self, func, *iterables, maxsize=None):
        """Yields results as they come."""
        return _Results(self, func, zip(*iterables), maxsize, False)


class Pool(Group):
    """A group in which at most `size` greenlets run: who adds one more waits."""

    def __init__(self, size=None, greenlet_class=None):
        if size is not None and size < 0:
            raise ValueError("size must not be negative: %r" % (size,))
        Group.__init__(self)
        self.size = size
        if greenlet_class is not None:
            self.greenlet_class = greenlet_class
        self._semaphore = DummySemaphore() if size is None else Semaphore(size)

    def wait_available(self, timeout=None):
        return self._semaphore.wait(timeout=timeout)

    def full(self):
        return self.free_count() <= 0

    def free_count(self):
        return 1 if self.size is None else max(0, self.size - len(self))

    def start(self, greenlet, blocking=True, timeout=None):
        self.add(greenlet, blocking=blocking, timeout=timeout)
        greenlet.start()

    def add(self, greenlet, blocking=True, timeout=None):
        if not self._semaphore.acquire(blocking=blocking, timeout=timeout):
            raise PoolFull
        try:
            Group.add(self, greenlet)
        except BaseException:
            self._semaphore.release()
            raise

    def _discard(self, greenlet):
        there = greenlet in self.greenlets
        Group._discard(self, greenlet)
        if there:
            self._semaphore.release()

    def _must_wait(self):
        return self._at_once() or self.full()


class _Results(Greenlet):
    """Spawns a greenlet for each item, as far as there is room, and hands out what they return."""

    def __init__(self, group, function, items, maxsize, ordered):
        Greenlet.__init__(self)
        self.group, self.function, self.items, self.ordered = group, function, items, ordered
        self.room = Semaphore(maxsize) if maxsize else DummySemaphore()
        self.results = Queue()
        self.begun = self.handed = 0
        self.early = []
        self.start()

    def _run(self):
        try:
            for item in self.items:
                self.room.acquire()
                new = self.group.spawn(self.function, *item)
                number, self.begun = self.begun, self.begun + 1
                new.rawlink(lambda done, number=number: self.results.put((number, done)))
        except BaseException as error:
            self.results.put((self.begun, _Failed(error)))
            raise
        finally:
            self.results.put((-1, None))

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            if self.ordered and self.early and self.early[0][0] == self.handed:
                done = heappop(self.early)[2]
                break
            if self.ready() and self.handed == self.begun and self.results.empty() and not self.early:
                raise StopIteration
            number, done = self.results.get()
            if number == -1:
                continue
            if not self.ordered:
                break
            heappush(self.early, (number, id(done), done))
        self.handed += 1
        self.room.release()
        if done.exception is not None:
            raise done.exception
        return done.value

    next = __next__


class _Failed:
    """Stands for an item that could not be had."""

    def __init__(self, error):
        self.exception, self.value = error, None


def _pass_value(callback):
    def link(source):
        if source.successful():
            callback(source.value)
    return link
