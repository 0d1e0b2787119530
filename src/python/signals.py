"""_signal's calls over the kernel, which keeps what each process does about a signal and delivers it.

Handlers run where CPython runs them: in the main thread, between two bytecodes, or when a call that waits is interrupted.
"""
import _signal
import sys as _sys
import _thread
from _hb import alarm as _alarm, disposition as _disposition, kill as _kill, mask as _mask, pause as _pause, pid as _pid

_c_signal, _c_getsignal = _signal.signal, _signal.getsignal
# Linux's number for it; the C library below has another.
_C_IGNORE, _signal.SIG_IGN = _signal.SIG_IGN, 1
_DEFAULT, _IGNORE, _HANDLE = 0, 1, 2
_ASK_PENDING, _ASK_IGNORED = -1, -2
_wakeup = -1
_warns = True

ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2


def _must_be_main(what):
    if _thread.get_ident() != _thread._get_main_thread_ident():
        raise ValueError(f"{what} only works in main thread of the main interpreter")


@_thread._builtin
def signal(signalnum, handler, /):
    """Set the action for the given signal."""
    _must_be_main("signal")
    what = _DEFAULT if handler == _signal.SIG_DFL else _IGNORE if handler == _signal.SIG_IGN else _HANDLE
    previous = _c_signal(signalnum, _C_IGNORE if what == _IGNORE else handler)
    _disposition(signalnum, what)
    return _as_linux(previous)


def _as_linux(handler):
    return _signal.SIG_IGN if type(handler) is int and handler == _C_IGNORE else handler


@_thread._builtin
def getsignal(signalnum, /):
    """Return the current action for the given signal."""
    return _as_linux(_c_getsignal(signalnum))


def forget(signalnum):
    """Back to the default, in a process that is about to become another program."""
    _disposition(signalnum, _DEFAULT)


def begin():
    """What Python does about signals when it begins as a program of its own; what is ignored already stays so."""
    ignored = _from_bits(*_mask(_ASK_IGNORED, 0, 0))
    for number in ignored:
        _c_signal(number, _C_IGNORE)
    if _signal.SIGINT not in ignored:
        _disposition(_signal.SIGINT, _HANDLE)
    for number in (_signal.SIGPIPE, _signal.SIGXFSZ):
        _disposition(number, _IGNORE)


def end_as_interrupted():
    """Ends the process as its parent expects it of a program that was interrupted: by the signal."""
    forget(_signal.SIGINT)
    _kill(_pid(), _signal.SIGINT)


def run_handlers(frame):
    """Runs the handlers of the signals that have arrived. Only the main thread is ever told of one."""
    while number := _thread._take_signal():
        if _wakeup >= 0:
            _write_wakeup(number)
        handler = _signal.getsignal(number)
        if callable(handler):
            handler(number, frame)


def _write_wakeup(number):
    from posix import write
    try:
        write(_wakeup, bytes([number]))
    except BlockingIOError as error:
        if _warns:
            _thread._report_unraisable(error, "Exception ignored when trying to write to the signal wakeup fd")
    except OSError as error:
        _thread._report_unraisable(error, "Exception ignored when trying to write to the signal wakeup fd")


def _frame():
    """The frame that was interrupted: the innermost that is not the engine's."""
    frame = _sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith("<hb:"):
        frame = frame.f_back
    return frame


def _run_own():
    """After a signal to oneself, or a call that one has interrupted: CPython looks at once whether it has arrived."""
    if _thread.get_ident() == _thread._get_main_thread_ident():
        run_handlers(_frame())


_thread._run_signal_handlers = lambda: run_handlers(_frame())


@_thread._builtin
def raise_signal(signalnum, /):
    """Send a signal to the executing process."""
    _kill(_pid(), signalnum)
    _run_own()


@_thread._builtin
def pthread_kill(thread_id, signalnum, /):
    """Send a signal to a thread."""
    _kill(_pid(), signalnum)
    _run_own()


@_thread._builtin
def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    """Sets the fd to be written to (with the signal number) when a signal comes in."""
    global _wakeup, _warns
    _must_be_main("set_wakeup_fd")
    import os
    if fd != -1:
        os.fstat(fd)
        if os.get_blocking(fd):
            raise ValueError(f"the fd {fd} must be in non-blocking mode")
    before, _wakeup, _warns = _wakeup, fd, warn_on_full_buffer
    return before


@_thread._builtin
def alarm(seconds, /):
    """Arrange for SIGALRM to arrive after the given number of seconds."""
    left, _ = _alarm(seconds, 0)
    return int(left) + (left > int(left))


@_thread._builtin
def setitimer(which, seconds, interval=0.0, /):
    """Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF)."""
    if which != ITIMER_REAL:
        raise _signal.ItimerError(28, "Invalid argument")
    if seconds < 0 or interval < 0:
        raise _signal.ItimerError(28, "Invalid argument")
    return _alarm(seconds, interval)


@_thread._builtin
def getitimer(which, /):
    """Returns current value of given itimer."""
    if which != ITIMER_REAL:
        raise _signal.ItimerError(28, "Invalid argument")
    return _alarm(-1, 0)


@_thread._builtin
def pause():
    """Wait until a signal arrives."""
    if _pause(-1, 0, 0) == -2:
        _run_own()


def numbers(signals):
    """The signals of an iterable, as C takes them."""
    numbers = set()
    for number in signals:
        if not 1 <= number <= 64:
            raise ValueError(f"signal number {int(number)} out of range [1; 64]")
        numbers.add(int(number))
    return numbers


def _to_bits(signals):
    return sum(1 << (number - 1) for number in numbers(signals))


def _from_bits(low, high):
    bits = int(low) | int(high) << 32
    return {number for number in range(1, 65) if bits >> (number - 1) & 1}


@_thread._builtin
def pthread_sigmask(how, mask, /):
    """Fetch and/or change the signal mask of the calling thread."""
    if how not in (_signal.SIG_BLOCK, _signal.SIG_UNBLOCK, _signal.SIG_SETMASK):
        raise OSError(22, "Invalid argument")
    bits = _to_bits(mask)
    before = _from_bits(*_mask(how, bits & 0xFFFF_FFFF, bits >> 32))
    _run_own()
    return before


@_thread._builtin
def sigpending():
    """Examine pending signals."""
    return _from_bits(*_mask(_ASK_PENDING, 0, 0))


def _wait_for(signals, timeout):
    bits = _to_bits(signals)
    from time import monotonic
    end = monotonic() + timeout
    while (number := _pause(timeout, bits & 0xFFFF_FFFF, bits >> 32)) == -2:
        _run_own()
        if timeout >= 0:
            timeout = max(end - monotonic(), 0)
    return number


@_thread._builtin
def sigwait(sigset, /):
    """Wait for a signal."""
    return _wait_for(sigset, -1)


def _info(number):
    return _signal.struct_siginfo((number, 0, 0, _pid(), 1000, 0, 0))


@_thread._builtin
def sigwaitinfo(sigset, /):
    """Wait synchronously until one of the signals in *sigset* is delivered."""
    return _info(_wait_for(sigset, -1))


@_thread._builtin
def sigtimedwait(sigset, timeout, /):
    """Like sigwaitinfo(), but with a timeout."""
    if timeout < 0:
        raise ValueError("timeout must be non-negative")
    number = _wait_for(sigset, float(timeout))
    return _info(number) if number else None


for _name, _value in list(globals().items()):
    if isinstance(_value, _thread._builtin) or _name.startswith("ITIMER_"):
        setattr(_signal, _name, _value)
    if isinstance(_value, _thread._builtin):
        _value.__module__ = "_signal"
_signal.ItimerError = OSError
