"""select.epoll over the kernel's: Emscripten's C library has none, so CPython was compiled without it."""
import os as _os
import select as _select
from operator import index as _index
from time import monotonic as _monotonic
import _thread
import signals as _signals
from _hb import epoll_control as _control, epoll_create as _create, epoll_wait as _wait

_ADD, _DELETE, _MODIFY = 1, 2, 3
_INTERRUPTED = -2
_BITS = {"IN": 1, "PRI": 2, "OUT": 4, "ERR": 8, "HUP": 16, "RDHUP": 1 << 13, "RDNORM": 64, "RDBAND": 128, "WRNORM": 256,
         "WRBAND": 512, "MSG": 1024, "EXCLUSIVE": 1 << 28, "WAKEUP": 1 << 29, "ONESHOT": 1 << 30, "ET": 1 << 31}
_CLOEXEC = 0o2000000
# FD_SETSIZE - 1
_MOST = 1023


def _int(value):
    number = _index(value)
    if not -1 << 31 <= number < 1 << 31:
        raise OverflowError(f"Python int too {'large' if number > 0 else 'small'} to convert to C int")
    return number


def _bits(value):
    """C's unsigned int, of which only the bits matter."""
    return _index(value) & 0xFFFF_FFFF


def _number_of(file):
    """What C makes of a file, or of its number."""
    if isinstance(file, int):
        fd = _int(file)
    elif hasattr(file, "fileno"):
        fd = file.fileno()
        if not isinstance(fd, int):
            raise TypeError("fileno() returned a non-integer")
        fd = _int(fd)
    else:
        raise TypeError("argument must be an int, or have a fileno() method.")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


class epoll:
    """select.epoll(sizehint=-1, flags=0)

Returns an epolling object

sizehint must be a positive integer or -1 for the default size. The
sizehint is used to optimize internal data structures. It doesn't limit
the maximum number of monitored events."""
    __slots__ = ("_fd",)
    __module__ = "select"

    def __new__(cls, sizehint=-1, flags=0):
        sizehint, flags = _int(sizehint), _int(flags)
        if sizehint != -1 and sizehint <= 0:
            raise ValueError("negative sizehint")
        if flags not in (0, _CLOEXEC):
            raise OSError("invalid flags")
        self = object.__new__(cls)
        self._fd = -1
        # As CPython: always closed when another program begins.
        self._fd = _create(1)
        return self

    def __init_subclass__(cls, **kwargs):
        raise TypeError("type 'select.epoll' is not an acceptable base type")

    def __reduce__(self):
        raise TypeError("cannot pickle 'select.epoll' object")

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'select.epoll' object")

    def _own(self):
        if self._fd < 0:
            raise ValueError("I/O operation on closed epoll object")
        return self._fd

    @classmethod
    def fromfd(cls, fd, /):
        """Create an epoll object from a given control fd."""
        self = object.__new__(cls)
        self._fd = _int(fd)
        return self

    def close(self):
        """Close the epoll control file descriptor.

Further operations on the epoll object will raise an exception."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            _os.close(fd)

    def fileno(self):
        """Return the epoll control file descriptor."""
        return self._own()

    @property
    def closed(self):
        """True if the epoll handler is closed"""
        return self._fd < 0

    def register(self, fd, eventmask=_BITS["IN"] | _BITS["PRI"] | _BITS["OUT"]):
        """Registers a new fd or raises an OSError if the fd is already registered.

  fd
    the target file descriptor of the operation
  eventmask
    a bit set composed of the various EPOLL constants

The epoll interface supports all file descriptors that support poll."""
        # The file must stay open until the kernel knows it: not fd = …
        number, events = _number_of(fd), _bits(eventmask)
        _control(self._own(), _ADD, number, events)

    def modify(self, fd, eventmask):
        """Modify event mask for a registered file descriptor.

  fd
    the target file descriptor of the operation
  eventmask
    a bit set composed of the various EPOLL constants"""
        # The file must stay open until the kernel knows it: not fd = …
        number, events = _number_of(fd), _bits(eventmask)
        _control(self._own(), _MODIFY, number, events)

    def unregister(self, fd):
        """Remove a registered file descriptor from the epoll object.

  fd
    the target file descriptor of the operation"""
        number = _number_of(fd)
        _control(self._own(), _DELETE, number, 0)

    def poll(self, timeout=None, maxevents=-1):
        """Wait for events on the epoll file descriptor.

  timeout
    the maximum time to wait in seconds (as float);
    a timeout of None or -1 makes poll wait indefinitely
  maxevents
    the maximum number of events returned; -1 means no limit

Returns a list containing any descriptors that have events to report,
as a list of (fd, events) 2-tuples."""
        maxevents = _int(maxevents)
        own = self._own()
        seconds = -1.0
        if timeout is not None:
            if not isinstance(timeout, (int, float)) and not hasattr(timeout, "__index__"):
                raise TypeError("timeout must be an integer or None")
            seconds = float(timeout)
            if seconds != seconds:
                raise ValueError("Invalid value NaN (not a number)")
            # epoll_wait counts in milliseconds.
            if not -(1 << 31) <= seconds * 1000 < 1 << 31:
                raise OverflowError("timeout is too large")
            seconds = -1.0 if seconds < 0 else -(-seconds * 1000 // 1) / 1000
        if maxevents == -1:
            maxevents = _MOST
        elif maxevents < 1:
            raise ValueError(f"maxevents must be greater than 0, got {maxevents}")
        end = _monotonic() + seconds if seconds > 0 else 0.0
        while (found := _wait(own, maxevents, seconds)) == _INTERRUPTED:
            _signals._run_own()
            if seconds > 0:
                seconds = max(end - _monotonic(), 0.0)
        return list(zip(found[::2], found[1::2]))

    def __enter__(self):
        self._own()
        return self

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None, /):
        self.close()

    def __del__(self):
        if self._fd >= 0:
            self.close()


_select.epoll = epoll
_select.EPOLL_CLOEXEC = _CLOEXEC
for _name, _bit in _BITS.items():
    setattr(_select, f"EPOLL{_name}", _bit)
