"""_posixshmem over files in /dev/shm, as the C library does it on Linux; messages are CPython 3.14's."""
from errno import EINVAL as _EINVAL, ENOENT as _ENOENT
from operator import index as _index
import os as _os
import _thread

_DIRECTORY = "/dev/shm/"


def _file(function, path, error):
    """The file that a shared memory object is; OSError with this number for a name that it cannot have."""
    if not isinstance(path, str):
        raise TypeError(f"{function}() argument 1 must be str, not {type(path).__name__}")
    path.encode()
    if "\0" in path:
        raise ValueError("embedded null character")
    name = path.lstrip("/")
    if not name or "/" in name or len(name.encode()) > 254:
        raise OSError(error, _os.strerror(error), path)
    return _DIRECTORY + name


def _c_int(value):
    value = _index(value)
    if value >= 2**31:
        raise OverflowError("signed integer is greater than maximum")
    if value < -2**31:
        raise OverflowError("signed integer is less than minimum")
    return value


def _call(function, path, *args):
    try:
        return function(*args)
    except OSError as error:
        # The name is the caller's, not the file's.
        raise OSError(error.errno, error.strerror, path) from None


@_thread._builtin
def shm_open(path, flags, mode=0o777):
    """Open a shared memory object.  Returns a file descriptor (integer)."""
    file, flags, mode = _file("shm_open", path, _EINVAL), _c_int(flags), _c_int(mode)
    return _call(_os.open, path, file, flags | _os.O_NOFOLLOW, mode)


@_thread._builtin
def shm_unlink(path):
    """Remove a shared memory object (similar to unlink()).

    Remove a shared memory object name, and, once all processes  have  unmapped
    the object, de-allocates and destroys the contents of the associated memory
    region.
    """
    _call(_os.unlink, path, _file("shm_unlink", path, _ENOENT))
