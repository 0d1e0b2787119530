"""os's, fcntl's and select's calls about descriptors, where Emscripten's C library has no system call, or not Linux's."""
import fcntl as _fcntl
import operator
import os
import select as _select
import time as _time
import _thread
import processes
import signals as _signals
from _hb import flock as _flock, link as _link, mkfifo as _mkfifo

_INTERRUPTED = -2
# Linux's numbers; this C library's headers have them, CPython did not look.
_fcntl.F_SETPIPE_SZ, _fcntl.F_GETPIPE_SZ = 1031, 1032


@_thread._builtin
def pipe2(flags, /):
    """Create a pipe with flags set atomically."""
    if not -1 << 31 <= operator.index(flags) < 1 << 31:
        raise OverflowError("Python int too large to convert to C int")
    if flags & ~(os.O_CLOEXEC | os.O_NONBLOCK):
        raise OSError(22, "Invalid argument")
    ends = os.pipe()
    for fd in ends:
        os.set_inheritable(fd, not flags & os.O_CLOEXEC)
        os.set_blocking(fd, not flags & os.O_NONBLOCK)
    return ends


@_thread._builtin
def set_inheritable(fd, inheritable, /):
    """Set the inheritable flag of the specified file descriptor."""
    # CPython's own is compiled to do nothing where there are no processes.
    flags = _fcntl.fcntl(fd, _fcntl.F_GETFD)
    _fcntl.fcntl(fd, _fcntl.F_SETFD, flags & ~_fcntl.FD_CLOEXEC if inheritable else flags | _fcntl.FD_CLOEXEC)


@_thread._builtin
def mkfifo(path, mode=0o666, *, dir_fd=None):
    """Create a "fifo" (a POSIX named pipe)."""
    if dir_fd is not None:
        raise NotImplementedError("mkfifo: dir_fd unavailable on this platform")
    _mkfifo(os.fsencode(path), mode)


@_thread._builtin
def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    """Create a hard link to a file."""
    if src_dir_fd is not None or dst_dir_fd is not None:
        raise NotImplementedError("link: src_dir_fd and dst_dir_fd unavailable on this platform")
    try:
        _link(os.fsencode(src), os.fsencode(dst))
    except OSError as error:
        raise type(error)(error.errno, error.strerror, src, None, dst) from None


@_thread._builtin
def sendfile(out_fd, in_fd, offset, count):
    """Copy count bytes from file descriptor in_fd to file descriptor out_fd."""
    if offset is None:
        before = os.lseek(in_fd, 0, os.SEEK_CUR)
        data = os.read(in_fd, count)
    else:
        data = os.pread(in_fd, count, offset)
    sent = os.write(out_fd, data)
    if offset is None and sent < len(data):
        os.lseek(in_fd, before + sent, os.SEEK_SET)
    return sent


@_thread._builtin
def getrandom(size, flags=0):
    """Obtain a series of random bytes."""
    if size < 0:
        raise OSError(22, "Invalid argument")
    return os.urandom(size)


def _number_of(file):
    """What C makes of a file, or of its number."""
    if isinstance(file, int):
        fd = file
    elif hasattr(file, "fileno"):
        fd = file.fileno()
        if not isinstance(fd, int):
            raise TypeError("fileno() returned a non-integer")
    else:
        raise TypeError("argument must be an int, or have a fileno() method.")
    if not -1 << 31 <= fd < 1 << 31:
        raise OverflowError("Python int too large to convert to C int")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def _flock_file(fd, operation, /):
    """Perform the lock operation `operation` on file descriptor `fd`."""
    fd, operation = _number_of(fd), operator.index(operation)
    while _flock(fd, operation) == _INTERRUPTED:
        _signals._run_own()


_IN, _OUT, _PRI, _ERR, _HUP, _NVAL = 1, 4, 2, 8, 16, 32
_MOST_IN_SELECT = 1024


@_thread._builtin
def select(rlist, wlist, xlist, timeout=None, /):
    """Wait until one or more file descriptors are ready for some kind of I/O."""
    # C's own answers no EBADF, and no EINTR.
    if timeout is not None:
        if not hasattr(timeout, "__index__") and not hasattr(timeout, "__float__"):
            raise TypeError("timeout must be a float or None")
        timeout = float(timeout)
        if timeout < 0:
            raise ValueError("timeout must be non-negative")
    asked, poll, ways = {}, _select.poll(), []
    for files, bit in ((rlist, _IN), (wlist, _OUT), (xlist, _PRI)):
        if not hasattr(files, "__iter__"):
            raise TypeError("arguments 1-3 must be sequences")
        ways.append(numbered := [(_number_of(file), file) for file in files])
        for fd, _ in numbered:
            if fd >= _MOST_IN_SELECT:
                raise ValueError("filedescriptor out of range in select()")
            asked[fd] = asked.get(fd, 0) | bit
    for fd, bits in asked.items():
        poll.register(fd, bits)
    if not asked and timeout is not None:
        _time.sleep(timeout)
        return [], [], []
    found = dict(poll.poll(None if timeout is None else timeout * 1000))
    if any(bits & _NVAL for bits in found.values()):
        raise OSError(9, "Bad file descriptor")
    return tuple([file for fd, file in numbered if found.get(fd, 0) & bits]
                 for numbered, bits in zip(ways, (_IN | _HUP | _ERR, _OUT | _ERR, _PRI)))


_flock_file.__name__ = _flock_file.__qualname__ = "flock"
_flock_file.__module__ = "fcntl"
processes.install({name: value for name, value in globals().items() if name != "select"})
select.__module__ = "select"
_select.select = select
os.GRND_NONBLOCK, os.GRND_RANDOM = 1, 2
_fcntl.flock = _thread._builtin(_flock_file)
