"""Timeout: an exception that comes by itself."""
from gevent.hub import get_hub, getcurrent

__all__ = ["Timeout", "with_timeout"]
_NONE = object()


class Timeout(BaseException):
    """Timeout(seconds=None, exception=None)

    Raises itself (or `exception`) in the current greenlet after so many seconds, once it is started; a `with` starts and
    cancels it. `exception=False`: a `with` that it ends goes on silently."""

    def __init__(self, seconds=None, exception=None, ref=True, priority=-1):
        BaseException.__init__(self)
        self.seconds = seconds
        self.exception = exception
        self._ref = ref
        self.timer = None

    def start(self):
        if self.pending:
            raise AssertionError(f"{self!r} is already started; to restart it, cancel it first")
        if self.seconds is None:
            return
        throws = self if self.exception is None or self.exception is False or isinstance(self.exception, str) else self.exception
        self.timer = get_hub().loop.timer(self.seconds, ref=self._ref)
        self.timer.start(_expire, getcurrent(), throws)

    @classmethod
    def start_new(cls, timeout=None, exception=None, ref=True, _one_shot=False):
        if isinstance(timeout, Timeout):
            if not timeout.pending:
                timeout.start()
            return timeout
        timeout = cls(timeout, exception, ref=ref)
        timeout.start()
        return timeout

    @property
    def pending(self):
        return self.timer is not None and self.timer.pending

    def cancel(self):
        if self.timer is not None:
            self.timer.stop()
            self.timer = None

    close = cancel

    def __repr__(self):
        pending = " pending" if self.pending else ""
        exception = "" if self.exception is None else f" exception={self.exception!r}"
        return f"<{type(self).__name__} at {hex(id(self))}{pending} seconds={self.seconds}{exception}>"

    def __str__(self):
        if self.seconds is None:
            return ""
        text = f"{self.seconds} second{'' if self.seconds == 1 else 's'}"
        if self.exception is None:
            return text
        return f"{text} (silent)" if self.exception is False else f"{text}: {self.exception}"

    def __enter__(self):
        if not self.pending:
            self.start()
        return self

    def __exit__(self, kind, value, tb):
        self.cancel()
        if value is self and self.exception is False:
            return True


def _expire(waiting, throws):
    waiting.throw(throws)


def with_timeout(seconds, function, *args, **kwds):
    """Wrap a call to *function* with a timeout; if it takes longer, return *timeout_value* or raise the Timeout."""
    timeout_value = kwds.pop("timeout_value", _NONE)
    timeout = Timeout.start_new(seconds)
    try:
        try:
            return function(*args, **kwds)
        except Timeout as late:
            if late is timeout and timeout_value is not _NONE:
                return timeout_value
            raise
    finally:
        timeout.cancel()
