"""mmap's anonymous memory, which forked processes share: here it is a file without a name, that the kernel keeps equal."""
import mmap as _module
import os
import tempfile
import _thread

_c_mmap = _module.mmap


class mmap(_c_mmap):
    __doc__ = _c_mmap.__doc__
    __module__ = "mmap"

    def __new__(cls, fileno, length, flags=_module.MAP_SHARED, *args, **kwargs):
        if fileno != -1 or not flags & _module.MAP_SHARED or not isinstance(length, int) or length <= 0:
            return super().__new__(cls, fileno, length, flags, *args, **kwargs)
        fd, path = tempfile.mkstemp(prefix="anon-", dir="/dev/shm")
        try:
            os.unlink(path)
            os.ftruncate(fd, length)
            return super().__new__(cls, fd, length, flags & ~_module.MAP_ANONYMOUS, *args, **kwargs)
        finally:
            os.close(fd)

    def __repr__(self):
        # C has the type's full name there.
        text = super().__repr__()
        return text.replace("<mmap", "<mmap.mmap", 1) if type(self) is mmap else text


_module.mmap = mmap
