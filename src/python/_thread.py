"""_thread over the kernel: CPython's names, messages and rules; the kernel does the waiting.

Everything above (threading, queue, concurrent.futures ...) is CPython's own file and cannot tell the difference.
Learner-visible behaviour follows CPython 3.14's Modules/_threadmodule.c.
"""
import sys as _sys
from _contextvars import Context as _Context
from _hb import (acquire as _acquire, begin as _begin, change_stack as _change_stack, depth as _depth, interrupt as _interrupt, join as _join,
                 live as _live, mark_done as _mark_done, me as _me, native_id as _native_id, new_lock as _new_lock,
                 new_stack as _new_stack, owner as _owner,
                 release as _release, release_all as _release_all, reserve as _reserve, set_depth as _set_depth,
                 set_name as _kernel_name, stack_context as _stack_context, stack_frame as _stack_frame, take_signal as _take_signal)
from _hb_c_thread import TIMEOUT_MAX, _ExceptHookArgs, _excepthook as _c_excepthook, error

# A task's number is small; CPython's thread identifiers are addresses, and programs print them.
_IDENT = 0x7F6B_0000_0000
_INTERRUPTED = -2


class _builtin(staticmethod):
    """Makes a function of ours what it stands for, a built-in one: as a class's attribute it does not become a method."""

    def __repr__(self):
        return f"<built-in function {self.__name__}>"

    def __reduce__(self):
        return self.__qualname__


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
    """Runs Python's handlers of the signals that have arrived: signals.py has them, which needs this module."""


def _wait(call, what, timeout):
    """Repeats an interrupted wait after Python's signal handlers ran, for what is left of the timeout, as PEP 475 says."""
    if timeout > 0:
        from time import monotonic
        end = monotonic() + timeout
    while (answer := call(what, timeout)) == _INTERRUPTED:
        _run_signal_handlers()
        if timeout > 0:
            timeout = max(end - monotonic(), 0)
    return answer


class lock:
    __slots__ = ("_id", "__weakref__")
    __module__ = "_thread"

    def __new__(cls, /):
        self = object.__new__(cls)
        self._id = _new_lock(0, self)
        return self

    def __init_subclass__(cls, /, **kwargs):
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def acquire(self, blocking=True, timeout=-1):
        if blocking is True and timeout == -1:
            return _wait(_acquire, self._id, -1) == 1
        return _wait(_acquire, self._id, _deadline_seconds(blocking, timeout)) == 1

    acquire_lock = acquire

    def release(self):
        if not _release(self._id):
            raise RuntimeError("release unlocked lock")

    release_lock = release

    def locked(self):
        return _depth(self._id) > 0

    locked_lock = locked

    def __enter__(self):
        return _wait(_acquire, self._id, -1) == 1

    def __exit__(self, *exc_info):
        if not _release(self._id):
            raise RuntimeError("release unlocked lock")

    def _at_fork_reinit(self):
        self._id = _new_lock(0, self)

    def __repr__(self):
        state = "locked" if _depth(self._id) else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"

    def __reduce__(self):
        raise TypeError("cannot pickle '_thread.lock' object")


LockType = lock


@_builtin
def allocate_lock():
    return lock()


allocate = allocate_lock


class RLock:
    __slots__ = ("_id", "__weakref__")
    __module__ = "_thread"

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._id = _new_lock(1, self)
        return self

    def acquire(self, blocking=True, timeout=-1):
        seconds = -1 if blocking is True and timeout == -1 else _deadline_seconds(blocking, timeout)
        return _wait(_acquire, self._id, seconds) == 1

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
        self._id = _new_lock(1, self)

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
        if self._task:
            # Tells the kernel that somebody looks: who ends a thread and who asks do not commute.
            _join(self._task, 0)
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
        _wait(_join, self._task, seconds)

    def __repr__(self):
        return f"<_ThreadHandle object: ident={self.ident}>"


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle._task = ident - _IDENT
    return handle


# Handles of the threads that the interpreter waits for before it ends, in order of start.
_non_daemons = {}
# Of the others that run.
_daemons = {}
# What is to be done when a thread ends, by its task: greenlet's.
_at_ends = {}
_shutting_down = False


def _shutdown():
    global _shutting_down
    _shutting_down = True
    while _non_daemons:
        next(iter(_non_daemons.values())).join()


def _start(function, args, kwargs, handle, daemon, announced):
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
            _report_unraisable(exception, f"Exception ignored in thread started by {function!r}")
        _forget_thread(function)
        _end_of(handle._task)
        handle._done = True
        _non_daemons.pop(handle._task, None)
        _daemons.pop(handle._task, None)

    handle._task = _reserve()
    (_daemons if daemon else _non_daemons)[handle._task] = handle
    _begin(handle._task, body, announced)
    return handle


def _end_of(task):
    """A thread is over: what is to be done then must not disturb whoever comes after it."""
    if (at_end := _at_ends.pop(task, None)) is not None:
        try:
            at_end()
        except BaseException:
            pass


def _forget_thread(function):
    """At a thread's end: install.py has what CPython does then, since it needs threading, which needs this module."""


def _unraisable_type():
    """The type of what sys.unraisablehook gets: it has no name that Python could import."""
    class Failing:
        def __del__(self):
            raise ValueError

    seen = []
    hook, _sys.unraisablehook = _sys.unraisablehook, seen.append
    Failing()
    _sys.unraisablehook = hook
    return type(seen[0])


_Unraisable = _unraisable_type()


def _report_unraisable(exception, message):
    """Tells sys.unraisablehook of an exception that nobody can catch; never raises."""
    hook = _sys.unraisablehook
    for hook, message in ((hook, message), (_sys.__unraisablehook__, f"Exception ignored in sys.unraisablehook {hook!r}")):
        try:
            return hook(_Unraisable((type(exception), exception, _without_engine(exception.__traceback__), message, None)))
        except BaseException as second:
            exception = second


# The real greenlet is written in C.
_OURS = ("<hb:", "/lib/python3.14/site-packages/greenlet/")


def _without_engine(tb):
    """A traceback without the frames of the engine, which stand where CPython has C functions."""
    kept = []
    while tb is not None:
        if not tb.tb_frame.f_code.co_filename.startswith(_OURS):
            kept.append(tb)
        tb = tb.tb_next
    result = None
    for entry in reversed(kept):
        result = type(entry)(result, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return result


@_builtin
def start_joinable_thread(function, handle=None, daemon=True):
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif not isinstance(handle, _ThreadHandle):
        raise TypeError("'handle' must be a _ThreadHandle")
    return _start(function, (), {}, handle, daemon, 1)


@_builtin
def start_new_thread(function, args, kwargs={}, /):
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return _start(function, args, kwargs, _ThreadHandle(), True, 0).ident


start_new = start_new_thread


@_builtin
def exit():
    raise SystemExit


exit_thread = exit


@_builtin
def get_ident():
    return _IDENT + _me()


@_builtin
def get_native_id():
    return _native_id()


# The thread that runs signal handlers: in a forked process, the one that forked.
_main = 1


def _get_main_thread_ident():
    return _IDENT + _main


def _after_fork():
    """In the child: of all threads only the calling one is there."""
    global _main
    _main = _me()
    for handles in (_non_daemons, _daemons):
        for handle in handles.values():
            handle._done = handle._task != _main
        handles.clear()


def _is_main_interpreter():
    return True


def daemon_threads_allowed():
    return True


@_builtin
def _count():
    return _live() - 1


@_builtin
def set_name(name):
    _kernel_name(_me(), str(name).encode("utf-8", "replace"))


@_builtin
def interrupt_main(signum=2, /):
    if not 1 <= signum <= 64:
        raise ValueError("signal number out of range")
    import signal
    if callable(signal.getsignal(signum)):
        _interrupt(signum)
        if _me() == _main:
            _run_signal_handlers()


_stack_size = 0


@_builtin
def stack_size(size=0, /):
    """Accepted and remembered, without effect: every thread has a stack of its own that grows as needed."""
    global _stack_size
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if size and size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before, _stack_size = _stack_size, size
    return before


class _Nobody:
    """Stands for no thread in the C function, which would print an identifier of its own making."""

    _stderr = None

    @property
    def name(self):
        return str(get_ident())


_Nobody = _Nobody()


@_builtin
def _excepthook(args, /):
    if isinstance(args, _ExceptHookArgs):
        if isinstance(args.exc_value, BaseException):
            args.exc_value.__traceback__ = _without_engine(args.exc_value.__traceback__)
        if args.thread is None:
            args = _ExceptHookArgs((*args[:3], _Nobody))
    _c_excepthook(args)
