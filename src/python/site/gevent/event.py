"""Event and AsyncResult: what greenlets wait for."""
from gevent.hub import _NONE, linkable
from gevent.timeout import Timeout

__all__ = ["Event", "AsyncResult"]


class Event(linkable):
    """As threading.Event, for greenlets."""

    __slots__ = ("_flag", "_links", "_notifier", "__weakref__")

    def __init__(self):
        self._flag = False
        self._begin_links()

    def __str__(self):
        return f"<{type(self).__name__} {'set' if self._flag else 'clear'} _links[{len(self._links)}]>"

    def is_set(self):
        return self._flag

    isSet = ready = is_set

    def set(self):
        self._flag = True
        self._check_and_notify()

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        return self._wait(timeout) or self._flag


class AsyncResult(linkable):
    """A value, or an exception, that comes once and that everybody can ask for."""

    __slots__ = ("value", "_exc", "_links", "_notifier", "__weakref__")

    def __init__(self):
        self.value = None
        self._exc = _NONE
        self._begin_links()

    def __str__(self):
        value = f" value={self.value!r}" if self._exc is None else f" exception={self._exc!r}" if self.ready() else ""
        return f"<{type(self).__name__}{value} _links[{len(self._links)}]>"

    def ready(self):
        return self._exc is not _NONE

    done = ready

    def successful(self):
        return self._exc is None

    @property
    def exception(self):
        return None if self._exc is _NONE else self._exc

    @property
    def exc_info(self):
        error = self.exception
        return () if error is None else (type(error), error, error.__traceback__)

    def set(self, value=None):
        self.value = value
        self._exc = None
        self._check_and_notify()

    set_result = set

    def set_exception(self, exception, exc_info=None):
        self._exc = exception() if isinstance(exception, type) else exception
        self._check_and_notify()

    def get(self, block=True, timeout=None):
        """The value; raises the exception, or Timeout."""
        if not self.ready():
            if not block:
                raise Timeout()
            if not self._wait(timeout):
                raise Timeout(timeout)
        if self._exc is None:
            return self.value
        raise self._exc

    result = get

    def get_nowait(self):
        return self.get(block=False)

    def wait(self, timeout=None):
        """The value, or None after the time-out; never raises."""
        self._wait(timeout)
        return self.value

    def __call__(self, source):
        if source.successful():
            self.set(source.value)
        else:
            self.set_exception(source.exception)

    def cancel(self):
        return False

    cancelled = cancel
