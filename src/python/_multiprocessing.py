"""_multiprocessing over the kernel: CPython's semaphores between processes; the kernel counts and does the waiting.

Behaviour and messages follow CPython 3.14's Modules/_multiprocessing/semaphore.c on Linux. What only Windows has is left
out, as it is there.
"""
from errno import EINVAL as _EINVAL, ENOENT as _ENOENT
from operator import index as _index
from os import strerror as _strerror
from _hb import (sem_acquire as _sem_acquire, sem_find as _sem_find, sem_open as _sem_open, sem_release as _sem_release,
                 sem_unlink as _sem_unlink, sem_value as _sem_value)
import _thread

_RECURSIVE_MUTEX, _SEMAPHORE = 0, 1
_INT_MAX = 2**31 - 1

flags = {"HAVE_SEM_OPEN": 1, "HAVE_SEM_TIMEDWAIT": 1}


def _c_int(value):
    value = _index(value)
    if not -_INT_MAX - 1 <= value <= _INT_MAX:
        raise OverflowError("Python int too large to convert to C int")
    return value


def _c_string(function, argument, name):
    """The name as C would get it; errors as CPython's."""
    if not isinstance(name, str):
        which = f" {argument}" if argument else ""
        raise TypeError(f"{function}() argument{which} must be str, not {'None' if name is None else type(name).__name__}")
    name.encode()
    if "\0" in name:
        raise ValueError("embedded null character")
    return name


def _kernel_name(name, error):
    """A semaphore's name as the kernel has it, with one slash; OSError with this number if it cannot be one."""
    bare = name.lstrip("/")
    if not bare or "/" in bare:
        raise OSError(error, _strerror(error))
    return "/" + bare


def _seconds(timeout):
    """PyFloat_AsDouble, and what sem_timedwait says to a time that is none."""
    if not isinstance(timeout, float):
        kind = type(timeout)
        if not hasattr(kind, "__float__") and not hasattr(kind, "__index__"):
            raise TypeError(f"must be real number, not {kind.__name__}")
        timeout = float(timeout)
    return timeout if timeout > 0 or timeout != timeout else 0.0


class SemLock:
    """Semaphore/Mutex type"""

    __slots__ = ("_handle", "_kind", "_maxvalue", "_name", "_held", "_thread_ident")
    SEM_VALUE_MAX = _INT_MAX

    def __new__(cls, kind, value, maxvalue, name, unlink):
        kind, value, maxvalue = _c_int(kind), _c_int(value), _c_int(maxvalue)
        name = _c_string("SemLock", "'name'", name)
        unlink = bool(unlink)
        if kind != _RECURSIVE_MUTEX and kind != _SEMAPHORE:
            raise ValueError("unrecognized kind")
        known = _kernel_name(name, _EINVAL)
        handle = _sem_open(known.encode(), value)
        if unlink:
            _sem_unlink(known.encode())
        return cls._new(handle, kind, maxvalue, None if unlink else name)

    @classmethod
    def _new(cls, handle, kind, maxvalue, name):
        self = object.__new__(cls)
        self._handle, self._kind, self._maxvalue, self._name = handle, kind, maxvalue, name
        self._held = self._thread_ident = 0
        return self

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name, /):
        handle, kind, maxvalue = _index(handle), _c_int(kind), _c_int(maxvalue)
        if name is not None:
            handle = _sem_find(_kernel_name(_c_string("_rebuild", "4", name), _EINVAL).encode())
        return cls._new(handle, kind, maxvalue, name)

    handle = property(lambda self: self._handle)
    kind = property(lambda self: self._kind)
    maxvalue = property(lambda self: self._maxvalue)
    name = property(lambda self: self._name)

    def acquire(self, block=True, timeout=None):
        """Acquire the semaphore/lock."""
        block = bool(block)
        if self._kind == _RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        seconds = -1 if timeout is None else _seconds(timeout)
        no_time = seconds != seconds or seconds == float("inf")
        if _thread._wait(_sem_acquire, self._handle, seconds if block and not no_time else 0) != 1:
            if block and no_time:
                raise OSError(_EINVAL, _strerror(_EINVAL))
            return False
        # In this order: whoever looks in between must not find the one who held it before.
        self._thread_ident = _thread.get_ident()
        self._held += 1
        return True

    def release(self):
        """Release the semaphore/lock."""
        if self._kind == _RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._held > 1:
                self._held -= 1
                return
        # Before the kernel lets another thread go on, which will say that the lock is its own.
        self._held -= 1
        if not _sem_release(self._handle, self._maxvalue):
            self._held += 1
            raise ValueError("semaphore or lock released too many times")

    def __enter__(self):
        return self.acquire()

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None, /):
        self.release()

    def _count(self):
        """Num of `acquire()`s minus num of `release()`s for this process."""
        return self._held

    def _is_mine(self):
        """Whether the lock is owned by this thread."""
        return self._held > 0 and _thread.get_ident() == self._thread_ident

    def _get_value(self):
        """Get the value of the semaphore."""
        return _sem_value(self._handle)

    def _is_zero(self):
        """Return whether semaphore has value zero."""
        return _sem_value(self._handle) == 0

    def _after_fork(self):
        """Rezero the net acquisition count after fork()."""
        self._held = 0

    def __reduce__(self):
        raise TypeError("cannot pickle '_multiprocessing.SemLock' object")


@_thread._builtin
def sem_unlink(name, /):
    _sem_unlink(_kernel_name(_c_string("sem_unlink", "", name), _ENOENT).encode())
