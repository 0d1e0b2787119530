"""sys.stdin, sys.stdout and sys.stderr over the kernel's system calls.

No C-level buffer sits in between: CPython's BufferedWriter holds a C lock while it writes, and a thread that waits
inside it would block all others for ever.
"""
import io
import sys
import _thread
from posix import close as _close
from _hb import read as _read, write as _write


class _Output(io.BufferedIOBase):
    """The binary side of stdout (fd 1) or stderr (fd 2): each write reaches the kernel at once."""

    def __init__(self, fd):
        self._fd = fd
        self.raw = self
        self.name = "<stdout>" if fd == 1 else "<stderr>"
        self.mode = "wb"

    def writable(self):
        return True

    def close(self):
        if not self.closed:
            super().close()
            _close(self._fd)

    def fileno(self):
        return self._fd

    def isatty(self):
        return False

    def write(self, data):
        data = bytes(data)
        left = data
        while left:
            taken = _write(self._fd, left)
            if taken == -2:
                _thread._run_signal_handlers()
            else:
                left = left[taken:]
        return len(data)


class _Input(io.BufferedIOBase):
    """The binary side of stdin. A read waits until the learner has typed a line, or the input has ended."""

    def __init__(self):
        self.raw = self
        self.name = "<stdin>"
        self.mode = "rb"
        self._left = b""

    def readable(self):
        return True

    def close(self):
        if not self.closed:
            super().close()
            _close(0)

    def fileno(self):
        return 0

    def isatty(self):
        return False

    def _fill(self):
        if not self._left:
            while (line := _read(0, 8192)) == -2:
                _thread._run_signal_handlers()
            self._left = line
        return self._left

    def read1(self, size=-1):
        data = self._fill()
        if size is None or size < 0:
            size = len(data)
        taken, self._left = data[:size], data[size:]
        return taken

    def read(self, size=-1):
        parts = []
        while size is None or size < 0 or sum(map(len, parts)) < size:
            part = self.read1(-1 if size is None or size < 0 else size - sum(map(len, parts)))
            if not part:
                break
            parts.append(part)
        return b"".join(parts)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def install():
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(_Input(), "utf-8", "strict")
    sys.stdout = sys.__stdout__ = io.TextIOWrapper(_Output(1), "utf-8", "strict", line_buffering=True)
    sys.stderr = sys.__stderr__ = io.TextIOWrapper(_Output(2), "utf-8", "backslashreplace", line_buffering=True)
    for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w")):
        stream.mode = mode
