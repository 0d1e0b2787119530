"""_thread over the kernel: CPython's names, messages and rules; the kernel does the waiting.

Everything above (threading, queue, concurrent.futures ...) is CPython's own file and cannot tell the difference.
Learner-visible behaviour follows CPython 3.14's Modules/_threadmodule.c.
"""
import sys as _sys
from _contextvars import Context as _Context
from _hb import (acquire as _acquire, begin as _begin, depth as _depth, interrupt as _interrupt, join as _join,
                 live as _live, mark_done as _mark_done, me as _me, new_lock as _new_lock, owner as _owner,
                 release as _release, release_all as _release_all, reserve as _reserve, set_depth as _set_depth,
                 set_name as _kernel_name, take_signal as _take_signal)
from _hb_c_thread import TIMEOUT_MAX, _ExceptHookArgs, _excepthook as _c_excepthook, error

# A task's number is small; CPython's thread identifiers are addresses, and programs print them.
_IDENT = 0x7F6B_0000_0000
_INTERRUPTED = -2


def _deadline_seconds(blocking, timeout):
    """The kernel's timeout for acquire(blocking, timeout): -1 for ever, 0 not at all; CPython's errors."""
    if not blocking:
        if timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return 0
    if timeout == -1:
        return -1
    if timeout < 0:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return timeout


def _run_signal_handlers():
    """Runs Python's handlers of the signals that have arrived; only the main thread is ever told of one."""
    import signal
    while number := _take_signal():
        handler = signal.getsignal(number)
        if callable(handler):
            handler(number, _sys._getframe(2))


def _wait(call, *args):
    """Repeats an interrupted wait after Python's signal handlers ran, as PEP 475 says. The timeout is the last argument."""
    from time import monotonic
    timeout = args[-1]
    end = monotonic() + timeout if timeout > 0 else None
    while True:
        answer = call(*args[:-1], timeout)
        if answer != _INTERRUPTED:
            return answer
        _run_signal_handlers()
        if end is not None:
            timeout = max(end - monotonic(), 0)


class lock:
    __slots__ = ("_id", "__weakref__")
    __module__ = "_thread"

    def __new__(cls, /):
        self = object.__new__(cls)
        self._id = _new_lock(0)
        return self

    def __init_subclass__(cls, /, **kwargs):
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def acquire(self, blocking=True, timeout=-1):
        if blocking is True and timeout == -1:
            answer = _acquire(self._id, -1)
        else:
            answer = _acquire(self._id, _deadline_seconds(blocking, timeout))
        if answer == _INTERRUPTED:
            _run_signal_handlers()
            answer = _wait(_acquire, self._id, _deadline_seconds(blocking, timeout))
        return answer == 1

    acquire_lock = acquire

    def release(self):
        if not _release(self._id):
            raise RuntimeError("release unlocked lock")

    release_lock = release

    def locked(self):
        return _depth(self._id) > 0

    locked_lock = locked

    def __enter__(self):
        answer = _acquire(self._id, -1)
        if answer == _INTERRUPTED:
            _run_signal_handlers()
            answer = _wait(_acquire, self._id, -1)
        return answer == 1

    def __exit__(self, *exc_info):
        if not _release(self._id):
            raise RuntimeError("release unlocked lock")

    def _at_fork_reinit(self):
        self._id = _new_lock(0)

    def __repr__(self):
        state = "locked" if _depth(self._id) else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"

    def __reduce__(self):
        raise TypeError("cannot pickle '_thread.lock' object")


LockType = lock


def allocate_lock():
    return lock()


allocate = allocate_lock


class RLock:
    __slots__ = ("_id", "__weakref__")
    __module__ = "_thread"

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._id = _new_lock(1)
        return self

    def acquire(self, blocking=True, timeout=-1):
        seconds = -1 if blocking is True and timeout == -1 else _deadline_seconds(blocking, timeout)
        answer = _acquire(self._id, seconds)
        if answer == _INTERRUPTED:
            _run_signal_handlers()
            answer = _wait(_acquire, self._id, seconds)
        return answer == 1

    def release(self):
        if not _release(self._id):
            raise RuntimeError("cannot release un-acquired lock")

    def locked(self):
        return _depth(self._id) > 0

    __enter__ = acquire

    def __exit__(self, *exc_info):
        self.release()

    def _is_owned(self):
        return _owner(self._id) == _me()

    def _recursion_count(self):
        return _depth(self._id) if _owner(self._id) == _me() else 0

    def _release_save(self):
        if _owner(self._id) != _me():
            raise RuntimeError("cannot release un-acquired lock")
        return _release_all(self._id), get_ident()

    def _acquire_restore(self, state):
        while _acquire(self._id, -1) == _INTERRUPTED:
            _run_signal_handlers()
        _set_depth(self._id, state[0])

    def _at_fork_reinit(self):
        self._id = _new_lock(1)

    def __repr__(self):
        depth = _depth(self._id)
        owner = _owner(self._id)
        return (f"<{'locked' if depth else 'unlocked'} {type(self).__module__}.{type(self).__qualname__} object "
                f"owner={_IDENT + owner if owner else 0} count={depth} at {id(self):#x}>")

    def __reduce__(self):
        raise TypeError("cannot pickle '_thread.RLock' object")


class _ThreadHandle:
    """A thread to be, to wait for, or gone. `_task` is 0 until it has started."""

    __slots__ = ("_task", "_done", "_starting", "__weakref__")
    __module__ = "_thread"

    def __init__(self):
        self._task = 0
        self._done = False
        self._starting = False

    @property
    def ident(self):
        return _IDENT + self._task if self._task else 0

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True
        if self._task:
            _mark_done(self._task)

    def join(self, timeout=None):
        if not self._task:
            raise RuntimeError("thread not started")
        if self._task == _me() and not self._done:
            raise RuntimeError("Cannot join current thread")
        seconds = -1 if timeout is None or timeout < 0 else timeout
        if _join(self._task, seconds) == _INTERRUPTED:
            _run_signal_handlers()
            _wait(_join, self._task, seconds)

    def __repr__(self):
        return f"<_ThreadHandle object: ident={self.ident}>"


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle._task = ident - _IDENT
    return handle


# Handles of the threads that the interpreter waits for before it ends, in order of start.
_non_daemons = {}
_shutting_down = False


def _shutdown():
    global _shutting_down
    _shutting_down = True
    while _non_daemons:
        next(iter(_non_daemons.values())).join()


def _start(function, args, kwargs, handle, daemon):
    if _shutting_down:
        raise PythonFinalizationError("can't create new thread at interpreter shutdown")
    if handle._starting:
        raise RuntimeError("thread already started")
    handle._starting = True
    context = _Context()

    def body():
        try:
            context.run(function, *args, **kwargs)
        except SystemExit:
            pass
        except BaseException as exception:
            _sys.unraisablehook(_Unraisable(exception, f"Exception ignored in thread started by {function!r}"))
        handle._done = True
        _non_daemons.pop(handle._task, None)

    handle._task = _reserve()
    if not daemon:
        _non_daemons[handle._task] = handle
    _begin(handle._task, body)
    return handle


class _Unraisable:
    """What sys.unraisablehook gets."""

    def __init__(self, exception, message):
        self.exc_type = type(exception)
        self.exc_value = exception
        self.exc_traceback = exception.__traceback__
        self.err_msg = message
        self.object = None


def start_joinable_thread(function, handle=None, daemon=True):
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif not isinstance(handle, _ThreadHandle):
        raise TypeError("'handle' must be a _ThreadHandle")
    return _start(function, (), {}, handle, daemon)


def start_new_thread(function, args, kwargs={}, /):
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return _start(function, args, kwargs, _ThreadHandle(), True).ident


start_new = start_new_thread


def exit():
    raise SystemExit


exit_thread = exit


def get_ident():
    return _IDENT + _me()


def get_native_id():
    # The main thread's native id is the process id, as on Linux.
    return 41 + _me()


def _get_main_thread_ident():
    return _IDENT + 1


def _is_main_interpreter():
    return True


def daemon_threads_allowed():
    return True


def _count():
    return _live() - 1


def set_name(name):
    _kernel_name(_me(), str(name).encode("utf-8", "replace"))


def interrupt_main(signum=2, /):
    if not 1 <= signum <= 64:
        raise ValueError("signal number out of range")
    import signal
    if callable(signal.getsignal(signum)):
        _interrupt(signum)


_stack_size = 0


def stack_size(size=0, /):
    """Accepted and remembered, without effect: every thread has a stack of its own that grows as needed."""
    global _stack_size
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if size and size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before, _stack_size = _stack_size, size
    return before


def _excepthook(args, /):
    _c_excepthook(args)
