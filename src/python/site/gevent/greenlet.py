"""Greenlet: a greenlet that the hub runs, which others can wait for."""
import sys

from greenlet import GreenletExit, _fiber_ends, _make_fiber, getcurrent, greenlet

from gevent.exceptions import InvalidSwitchError
from gevent.hub import Waiter, _outside, get_hub, iwait, linkable, wait
from gevent.timeout import Timeout

__all__ = ["Greenlet", "joinall", "killall"]


class Greenlet(greenlet):
    """Greenlet(run, *args, **kwargs)

    Runs `run(*args, **kwargs)` once it is started. A subclass may have a `_run` instead."""

    def __init__(self, run=None, *args, **kwargs):
        hub = get_hub()
        greenlet.__init__(self, None, hub)
        if run is not None:
            self._run = run
        elif not hasattr(self, "_run"):
            self._run = _nothing
        if not callable(self._run):
            raise TypeError("The run argument or self._run must be callable")
        self.args, self.kwargs = args, kwargs
        self.value = None
        self._exc_info = None
        # The callback or timer that is to start it.
        self._start_event = None
        self._cancelled = False
        self._links, self._notifier = [], None
        self.minimal_ident = hub.idents
        hub.idents += 1
        self._name = None

    rawlink, _check_and_notify, _notify_links = linkable.rawlink, linkable._check_and_notify, linkable._notify_links

    @property
    def loop(self):
        return get_hub().loop

    @property
    def name(self):
        return self._name or f"{type(self).__name__}-{self.minimal_ident}"

    @name.setter
    def name(self, value):
        self._name = value

    # ---- how it is doing

    def __bool__(self):
        return self._start_event is not None and self._exc_info is None and not self._cancelled

    @property
    def dead(self):
        return self._cancelled or greenlet.dead.__get__(self)

    @property
    def started(self):
        return bool(self)

    def ready(self):
        return self.dead or self._exc_info is not None

    def successful(self):
        return self._exc_info is not None and self._exc_info[1] is None

    @property
    def exception(self):
        return self._exc_info[1] if self._exc_info else None

    @property
    def exc_info(self):
        return self._exc_info if self._exc_info and self._exc_info[1] is not None else None

    def __repr__(self):
        result = f'<{type(self).__name__}{f" {chr(34)}{self._name}{chr(34)}" if self._name else ""} at {hex(id(self))}'
        about = self._formatinfo()
        return f"{result}: {about}>" if about else f"{result}>"

    def _formatinfo(self):
        run = self.__dict__.get("_run")
        if run is None:
            return "_run"
        name = getattr(run, "__name__", None) or repr(run)
        if getattr(run, "__self__", None) is not None and not isinstance(run.__self__, type(sys)):
            name = f"<bound method {run.__qualname__} of {run.__self__!r}>"
        args = [*map(_short, self.args), *(f"{key}={_short(value)}" for key, value in self.kwargs.items())]
        return f"{name}({', '.join(args)})" if args else name

    # ---- its life

    @classmethod
    def spawn(cls, *args, **kwargs):
        """Create a new Greenlet object and schedule it to run."""
        new = cls(*args, **kwargs)
        new.start()
        return new

    @classmethod
    def spawn_later(cls, seconds, *args, **kwargs):
        """The same, after so many seconds."""
        if cls is Greenlet and not args:
            raise TypeError("spawn_later expects at least a function")
        new = cls(*args, **kwargs)
        new.start_later(seconds)
        return new

    def start(self):
        if self._start_event is None:
            self._fiber()
            self._start_event = get_hub().loop.run_callback(self.switch)

    def start_later(self, seconds):
        if self._start_event is None:
            self._fiber()
            self._start_event = get_hub().loop.timer(seconds)
            self._start_event.start(self.switch)

    def _fiber(self):
        """To the kernel it is there from when it is to start."""
        run = getattr(self._run, "__name__", "")
        _make_fiber(self, f"{self.name} ({run})" if run else self.name)

    def throw(self, *args):
        self._cancel_start()
        try:
            if not self.dead:
                greenlet.throw(self, *args)
        finally:
            self._died_before(args)

    def run(self):
        try:
            self._cancel_start()
            try:
                result = self._run(*self.args, **self.kwargs)
            except BaseException as error:
                self._failed(error)
            else:
                self._succeeded(result)
        finally:
            self.__dict__.pop("_run", None)
            self.args, self.kwargs = (), {}

    def _cancel_start(self):
        if self._start_event is None:
            # It has been switched to without.
            self._start_event = _STARTED
        self._start_event.stop()

    def _succeeded(self, result):
        self._exc_info = (None, None, None)
        self.value = result
        self._check_and_notify()

    def _failed(self, error):
        if isinstance(error, GreenletExit):
            return self._succeeded(error)
        tb = _outside(error.__traceback__)
        self._exc_info = type(error), error.with_traceback(tb), tb
        self._check_and_notify()
        get_hub().handle_error(self, type(error), error, tb)

    def _died_before(self, args):
        """It was killed before it began."""
        if self._exc_info is not None or not self.dead:
            return
        if self._g_fiber:
            _fiber_ends(self._g_fiber)
        error = args[0] if args else GreenletExit
        self._failed(error() if isinstance(error, type) else error)

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        """Raises an exception in it and (if `block`) waits until it is dead."""
        if not greenlet.__bool__(self) and self._exc_info is None:
            self._cancelled = True
        self._cancel_start()
        if self.dead:
            self._died_before((exception,))
            return
        hub = get_hub()
        waiter = Waiter() if block else None
        hub.loop.run_callback(_kill, self, exception, waiter)
        if waiter is not None:
            waiter.get()
            self.join(timeout)

    # ---- who waits for it

    def get(self, block=True, timeout=None):
        """What it has returned; raises what it has raised, or Timeout."""
        if self.ready():
            if self.successful():
                return self.value
            raise self.exception
        if not block:
            raise Timeout()
        switch = getcurrent().switch
        self.rawlink(switch)
        timer = Timeout.start_new(timeout)
        try:
            if self.parent.switch() is not self:
                raise InvalidSwitchError("Invalid switch into Greenlet.get()")
        finally:
            timer.cancel()
            self.unlink(switch)
        if self.successful():
            return self.value
        raise self.exception

    def join(self, timeout=None):
        """Waits until it is ready or the time is over."""
        if self.ready():
            return
        switch = getcurrent().switch
        self.rawlink(switch)
        timer = Timeout.start_new(timeout)
        try:
            if self.parent.switch() is not self:
                raise InvalidSwitchError("Invalid switch into Greenlet.join()")
        except Timeout as late:
            if late is not timer:
                raise
        finally:
            timer.cancel()
            self.unlink(switch)

    def link(self, callback, SpawnedLink=None):
        """Calls back, in a greenlet of its own, when it is ready."""
        self.rawlink(_Link(callback, lambda source: True))

    def link_value(self, callback, SpawnedLink=None):
        self.rawlink(_Link(callback, lambda source: source.successful()))

    def link_exception(self, callback, SpawnedLink=None):
        self.rawlink(_Link(callback, lambda source: not source.successful()))

    def unlink(self, callback):
        for link in list(self._links):
            if link == callback or isinstance(link, _Link) and link.callback == callback:
                self._links.remove(link)
                return

    def unlink_all(self):
        self._links.clear()

    def __copy__(self):
        raise TypeError("cannot copy a Greenlet")


class _Link:
    """A callback that gets a greenlet of its own."""

    def __init__(self, callback, wanted):
        if not callable(callback):
            raise TypeError(f"Expected callable: {callback!r}")
        self.callback, self.wanted = callback, wanted

    def __call__(self, source):
        if self.wanted(source):
            greenlet(self.callback, get_hub()).switch(source)


class _Started:
    def stop(self):
        pass


_STARTED = _Started()


def _nothing():
    pass


def _short(value):
    text = repr(value)
    return text if len(text) <= 50 else text[:50] + "..."


def _kill(victim, exception, waiter):
    try:
        victim.throw(exception)
    except BaseException as error:
        get_hub().handle_error(victim, type(error), error, error.__traceback__)
    if waiter is not None:
        waiter.switch(None)


def joinall(greenlets, timeout=None, raise_error=False, count=None):
    """Waits for greenlets to finish; answers those that have."""
    if not raise_error:
        return wait(objects=greenlets, timeout=timeout, count=count)
    done = []
    for obj in iwait(objects=greenlets, timeout=timeout, count=count):
        if getattr(obj, "exception", None) is not None:
            raise obj.exception
        done.append(obj)
    return done


def killall(greenlets, exception=GreenletExit, block=True, timeout=None):
    """Kills all of them and (if `block`) waits until they are dead."""
    alive = []
    for victim in list(greenlets):
        if isinstance(victim, Greenlet) and not greenlet.__bool__(victim):
            victim.kill(exception, block=False)
        elif not victim.dead:
            alive.append(victim)
    if not alive:
        return
    hub = get_hub()
    waiter = Waiter() if block else None

    def kill():
        for victim in alive:
            if not victim.dead:
                _kill(victim, exception, None)
        if waiter is not None:
            waiter.switch(None)

    hub.loop.run_callback(kill)
    if waiter is not None:
        timer = Timeout.start_new(timeout)
        try:
            waiter.get()
            joinall([victim for victim in alive if isinstance(victim, Greenlet)])
        finally:
            timer.cancel()
