"""The hub: the greenlet of each thread that waits for all others, and its event loop over `select.poll` and the clock.

What is ready runs in the order in which it became so: first callbacks (`spawn`, `sleep(0)`, links), then timers by their
time, then descriptors. A scheduler that searches may let any of several greenlets go first that stand in a row: nothing that
gevent promises orders them.
"""
import sys
from collections import deque
from heapq import heappop, heappush
from itertools import islice
from select import POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, poll as _poll
from time import monotonic as _monotonic, sleep as _pause

import greenlet as _greenlets
from _asyncio import _MOST_CHOICES, _ask, _choose, _loop as _loops
from _thread import _me, _without_engine
from greenlet import GreenletExit, getcurrent, greenlet

from gevent.exceptions import BlockingSwitchOutError, InvalidSwitchError, LoopExit

__all__ = ["GreenletExit", "Hub", "LoopExit", "Waiter", "getcurrent", "get_hub", "iwait", "sleep", "spawn_raw", "wait"]

READ, WRITE = 1, 2
_NONE = object()
# What is due so soon after each other is due at one instant: as the kernel has it.
_INSTANT = 1e-6
# So many callbacks may follow each other before timers and descriptors are looked at again.
_IN_A_ROW = 1000


def _fiber_of(call):
    """The fiber of the greenlet that a callback lets go on, 0 if it does anything else."""
    target = getattr(call, "__self__", None)
    if isinstance(target, Waiter):
        target = target.greenlet
    return target._g_fiber or 0 if isinstance(target, greenlet) else 0


class _Callback:
    """A call that the loop is to make."""

    __slots__ = ("call", "args")

    def __init__(self, call, args):
        self.call, self.args = call, args

    @property
    def pending(self):
        return self.call is not None

    def stop(self):
        self.call = self.args = None

    close = stop

    def __bool__(self):
        return self.call is not None


class _Timer:
    """Calls back after some seconds."""

    __slots__ = ("loop", "after", "call", "args", "ref")

    def __init__(self, loop, after, ref):
        self.loop, self.after, self.ref = loop, after, ref
        self.call = self.args = None

    def start(self, call, *args, **_):
        self.call, self.args = call, args
        loop = self.loop
        loop.count += 1
        _ask(id(self), 0, _me())
        heappush(loop.timers, (_monotonic() + self.after, loop.count, self))
        loop.waiting += self.ref

    @property
    def pending(self):
        return self.call is not None

    active = pending

    def stop(self):
        if self.call is not None:
            self.call = self.args = None
            self.loop.waiting -= self.ref

    close = stop


class _IO:
    """Calls back when a descriptor can be read from or written to."""

    __slots__ = ("loop", "fd", "events", "call", "args")

    def __init__(self, loop, fd, events):
        self.loop, self.fd, self.events = loop, fd, events
        self.call = self.args = None

    def start(self, call, *args, **_):
        self.call, self.args = call, args
        watchers = self.loop.watchers.setdefault(self.fd, [])
        if self not in watchers:
            watchers.append(self)
        self.loop.changed(self.fd)

    @property
    def active(self):
        return self.call is not None

    def stop(self):
        if self.call is None:
            return
        self.call = self.args = None
        watchers = self.loop.watchers.get(self.fd, [])
        if self in watchers:
            watchers.remove(self)
        self.loop.changed(self.fd)

    close = stop


class _Loop:
    """What the hub runs."""

    def __init__(self, hub):
        self.hub = hub
        self.callbacks = deque()
        # (when, how many were started before, timer); those that were stopped stay until their time.
        self.timers = []
        self.count = 0
        # Timers that keep the loop alive.
        self.waiting = 0
        self.watchers = {}
        self.poll = _poll()
        # Whether the scheduler chooses, and if of one too.
        self.open = 0

    def now(self):
        return _monotonic()

    update_now = update = now

    def run_callback(self, call, *args):
        callback = _Callback(call, args)
        _ask(id(callback), 0, _me())
        self.callbacks.append(callback)
        return callback

    def timer(self, after, repeat=0.0, ref=True, priority=None):
        return _Timer(self, after, bool(ref))

    def io(self, fd, events, ref=True, priority=None):
        return _IO(self, fd, events)

    def changed(self, fd):
        """What to wait for at a descriptor is another."""
        mask = 0
        for watcher in self.watchers.get(fd, ()):
            mask |= (POLLIN if watcher.events & READ else 0) | (POLLOUT if watcher.events & WRITE else 0)
        if mask:
            self.poll.register(fd, mask)
        elif self.watchers.pop(fd, None) is not None:
            try:
                self.poll.unregister(fd)
            except KeyError:
                pass

    def run(self):
        """Until nothing can happen any more."""
        while True:
            self.run_callbacks()
            timers = self.timers
            while timers and timers[0][2].call is None:
                heappop(timers)
            if not (self.callbacks or self.waiting or self.watchers):
                return
            self.wait(0 if self.callbacks else max(timers[0][0] - _monotonic(), 0) if timers else None)

    def run_callbacks(self):
        callbacks = self.callbacks
        self.open = _loops(0)
        for _ in range(_IN_A_ROW):
            if not callbacks:
                return
            self.call(self.next(callbacks))

    def next(self, ready):
        """Takes the first out of what is ready, or what the scheduler chooses of the greenlets that stand first."""
        if self.open and (len(ready) > 1 or self.open > 1):
            fibers = []
            for callback in islice(ready, _MOST_CHOICES):
                fiber = _fiber_of(callback.call)
                if not fiber:
                    break
                fibers.append(fiber)
            if len(fibers) > 1 or fibers and self.open > 1:
                chosen = _choose(",".join(map(str, fibers)).encode())
                place = fibers.index(chosen) if chosen in fibers else 0
                ready.rotate(-place)
                callback = ready.popleft()
                ready.rotate(place)
                return callback
        return ready.popleft()

    def wait(self, seconds):
        ready = ()
        if self.watchers:
            ready = self.poll.poll(None if seconds is None else int(-(-seconds * 1000 // 1)))
        else:
            _pause(seconds)
        timers, now = self.timers, _monotonic()
        due = deque()
        while timers and timers[0][0] <= now + _INSTANT:
            due.append(heappop(timers)[2])
        # As libev has it: what became ready last goes first.
        for fd, events in reversed(ready):
            error = events & (POLLERR | POLLHUP | POLLNVAL)
            for watcher in self.watchers.get(fd, ()):
                if error or (events & POLLIN and watcher.events & READ) or (events & POLLOUT and watcher.events & WRITE):
                    due.append(watcher)
        self.open = _loops(0)
        while due:
            callback = self.next(due)
            if callback.call is not None:
                self.waiting -= type(callback) is _Timer and callback.ref
                self.call(callback)

    def call(self, callback):
        call, args = callback.call, callback.args
        if call is None:
            return
        _loops(id(callback))
        if type(callback) is not _IO:
            callback.call = callback.args = None
        try:
            call(*args)
        except BaseException as error:
            self.hub.handle_error(callback, type(error), error, error.__traceback__)


class Hub(greenlet):
    """The greenlet that runs the loop. Its parent is the thread's main greenlet."""

    SYSTEM_ERROR = (KeyboardInterrupt, SystemExit, SystemError)
    NOT_ERROR = (GreenletExit, SystemExit)
    name = ""

    def __init__(self):
        greenlet.__init__(self, None, None)
        self._g_fiber = 0
        self.loop = _Loop(self)
        # Numbers of its Greenlets.
        self.idents = 0
        self.ends = False

    def run(self):
        while True:
            self.loop.run()
            self.parent.throw(LoopExit("This operation would block forever", self))

    def switch(self):
        if getcurrent() is self:
            raise BlockingSwitchOutError("Impossible to call blocking function in the event loop callback")
        return greenlet.switch(self)

    switch_out = None

    def wait(self, watcher):
        waiter = Waiter(self)
        watcher.start(waiter.switch, waiter)
        try:
            if waiter.get() is not waiter:
                raise InvalidSwitchError("somebody switched to a greenlet that waits")
        finally:
            watcher.stop()

    def cancel_wait(self, watcher, error, close_watcher=False):
        if watcher is not None and watcher.call is not None:
            waiter = watcher.args[0]
            watcher.stop()
            self.loop.run_callback(waiter.throw, error)

    def join(self, timeout=None):
        """Waits until nobody has anything to do."""
        if getcurrent() is not self.parent:
            raise RuntimeError("only possible from the MAIN greenlet")
        try:
            with _timeout(timeout):
                self.switch()
        except LoopExit:
            return True
        except _Late:
            return False

    def destroy(self, destroy_loop=None):
        """Nobody will wait in it any more."""
        home = self._g_home
        if self and home.current is not self:
            self.ends = True
            self.parent = getcurrent()
            self.throw()
        if home is not None:
            home.hub = None

    def handle_error(self, context, kind, value, tb):
        if self.ends and isinstance(value, GreenletExit):
            raise value
        if isinstance(value, self.NOT_ERROR) and not isinstance(value, self.SYSTEM_ERROR):
            return
        if isinstance(context, _Callback):
            context = "a callback"
        if not isinstance(value, self.NOT_ERROR):
            self.print_exception(context, kind, value, tb)
        if isinstance(value, self.SYSTEM_ERROR):
            self.handle_system_error(kind, value, tb)

    def handle_system_error(self, kind, value, tb=None):
        """The main greenlet gets it."""
        current = getcurrent()
        if current is not self and current is not self.parent:
            self.loop.run_callback(current.switch)
        self.parent.throw(kind, value, tb)

    def print_exception(self, context, kind, value, tb):
        import time
        import traceback
        if sys.stderr is None:
            return
        for line in traceback.format_exception(kind, value, _without_engine(_outside(tb))):
            sys.stderr.write(line)
        if context is not None:
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            sys.stderr.write(f"{moment} {context if isinstance(context, str) else repr(context)} failed with {kind.__name__}\n\n")

    def __repr__(self):
        return f"<Hub {self.name!r} at {id(self):#x}>"


_OURS = __file__.rpartition("/gevent/")[0]


def _outside(tb):
    """A traceback without the frames of gevent and greenlet that it begins with."""
    while tb is not None and tb.tb_frame.f_code.co_filename.startswith(_OURS):
        tb = tb.tb_next
    return tb


def get_hub():
    """The running thread's hub; makes one."""
    home = _greenlets._home()
    hub = home.hub
    if hub is None:
        hub = home.hub = Hub()
        # Whoever asks for it first may be any greenlet.
        hub.parent = home.main
    return hub


def get_hub_if_exists():
    return _greenlets._home().hub


def spawn_raw(function, *args, **kwargs):
    """A bare greenlet that begins at the next turn of the loop."""
    if not callable(function):
        raise TypeError("function must be callable")
    hub = get_hub()
    if kwargs:
        inner = function
        def function(*args):
            return inner(*args, **kwargs)
    new = greenlet(function, hub)
    hub.loop.run_callback(new.switch, *args)
    return new


def sleep(seconds=0, ref=True):
    """Lets others run for so many seconds; 0: once."""
    hub = get_hub()
    if seconds <= 0:
        waiter = Waiter(hub)
        hub.loop.run_callback(waiter.switch, None)
        waiter.get()
    else:
        hub.wait(hub.loop.timer(seconds, ref=ref))


def idle(priority=0):
    sleep(0)


class Waiter:
    """Where one greenlet waits for one value, or finds it when that has come before."""

    __slots__ = ("hub", "greenlet", "value", "_exception")

    def __init__(self, hub=None):
        self.hub = get_hub() if hub is None else hub
        self.clear()

    def clear(self):
        self.greenlet = None
        self.value = None
        self._exception = _NONE

    def __str__(self):
        return f"<{type(self).__name__}>"

    def ready(self):
        return self._exception is not _NONE

    def successful(self):
        return self._exception is None

    @property
    def exc_info(self):
        return self._exception if self._exception is not _NONE else None

    def switch(self, value):
        """To be called by the hub."""
        if self.greenlet is None:
            self.value = value
            if self._exception is _NONE:
                self._exception = None
        elif getcurrent() is self.hub:
            self.greenlet.switch(value)
        else:
            self.hub.loop.run_callback(self.greenlet.switch, value)

    def throw(self, *throw_args):
        """To be called by the hub."""
        if self.greenlet is None:
            self._exception = throw_args
        else:
            self.greenlet.throw(*throw_args)

    def get(self):
        if self._exception is not _NONE:
            if self._exception is None:
                return self.value
            return getcurrent().throw(*self._exception)
        if self.greenlet is not None:
            raise ConcurrentObjectUseError(f"This Waiter is already used by {self.greenlet!r}")
        self.greenlet = getcurrent()
        try:
            return self.hub.switch()
        finally:
            self.greenlet = None

    def __call__(self, source):
        if source.exception is None:
            self.switch(source.value)
        else:
            self.throw(source.exception)


class _MultipleWaiter(Waiter):
    """One that several may call before it is asked."""

    __slots__ = ("values",)

    def __init__(self, hub=None):
        Waiter.__init__(self, hub)
        self.values = deque()

    def switch(self, value):
        self.values.append(value)
        Waiter.switch(self, True)

    def get(self):
        if not self.values:
            Waiter.get(self)
            Waiter.clear(self)
        return self.values.popleft()


def iwait(objects, timeout=None, count=None):
    """Yields objects as they become ready, until all (or `count`) have been, or the time is over."""
    from gevent.timeout import Timeout
    if objects is None:
        yield get_hub().join(timeout=timeout)
        return
    objects = list(objects)
    count = len(objects) if count is None else min(count, len(objects))
    waiter = _MultipleWaiter()
    switch = waiter.switch
    timer = None
    if timeout is not None:
        timer = get_hub().loop.timer(timeout)
        timer.start(switch, _NONE)
    try:
        for obj in objects:
            obj.rawlink(switch)
        for _ in range(count):
            item = waiter.get()
            waiter.clear()
            if item is _NONE:
                return
            yield item
    finally:
        if timer is not None:
            timer.stop()
        for obj in objects:
            unlink = getattr(obj, "unlink", None)
            if unlink is not None:
                try:
                    unlink(switch)
                except Exception:
                    pass


def wait(objects=None, timeout=None, count=None):
    """Waits for objects to become ready, or, without any, until nobody has anything to do."""
    if objects is None:
        return get_hub().join(timeout=timeout)
    return list(iwait(objects, timeout, count))


class linkable:
    """Calls back whoever has linked, in the order in which they did, when it has become ready."""

    __slots__ = ()

    def _begin_links(self):
        self._links = []
        self._notifier = None

    def rawlink(self, callback):
        """Register a callback to call when this object is ready, in the hub."""
        if not callable(callback):
            raise TypeError(f"Expected callable: {callback!r}")
        self._links.append(callback)
        self._check_and_notify()

    def unlink(self, callback):
        if callback in self._links:
            self._links.remove(callback)

    def _check_and_notify(self):
        if self.ready() and self._links and not self._notifier:
            self._notifier = get_hub().loop.run_callback(self._notify_links)

    def _notify_links(self):
        links = self._links
        # Those that link meanwhile come in another turn.
        for link in list(links):
            if not self.ready():
                break
            if link not in links:
                continue
            links.remove(link)
            try:
                link(self)
            except BaseException as error:
                get_hub().handle_error((link, self), type(error), error, error.__traceback__)
        self._check_and_notify()

    def _wait(self, timeout=None):
        """Waits until it is ready; False: that was too long."""
        if self.ready():
            return True
        hub = get_hub()
        switch = getcurrent().switch
        self._links.append(switch)
        late = _Late()
        timer = None
        if timeout is not None:
            timer = hub.loop.timer(timeout)
            timer.start(getcurrent().throw, late)
        try:
            result = hub.switch()
            if result is not self:
                raise InvalidSwitchError(f"Invalid switch into {type(self).__name__}.wait(): {result!r}")
            return True
        except _Late as error:
            if error is not late:
                raise
            return False
        finally:
            self.unlink(switch)
            if timer is not None:
                timer.stop()


class _Late(BaseException):
    """A time-out of gevent's own."""


class _timeout:
    """Raises `_Late` in the greenlet that enters after so many seconds."""

    def __init__(self, seconds):
        self.seconds, self.timer = seconds, None

    def __enter__(self):
        if self.seconds is not None:
            self.timer = get_hub().loop.timer(self.seconds)
            self.timer.start(getcurrent().throw, _Late())

    def __exit__(self, *_):
        if self.timer is not None:
            self.timer.stop()
