"""_signal's calls over the kernel, which keeps what each process does about a signal and delivers it.

Handlers run where CPython runs them: in the main thread, between two bytecodes, or when a call that waits is interrupted.
"""
import _signal
import sys as _sys
import _thread
from _hb import alarm as _alarm, disposition as _disposition, kill as _kill, mask as _mask, pause as _pause, pid as _pid

_c_signal = _signal.signal
_DEFAULT, _IGNORE, _HANDLE = 0, 1, 2
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
    previous = _c_signal(signalnum, handler)
    _disposition(signalnum, _DEFAULT if handler == _signal.SIG_DFL else _IGNORE if handler == _signal.SIG_IGN else _HANDLE)
    return previous


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


def _numbers(signals):
    numbers = set()
    for number in signals:
        if not 1 <= number <= 64:
            raise ValueError(f"signal number {int(number)} out of range [1; 64]")
        numbers.add(int(number))
    return numbers


def _to_bits(signals):
    return sum(1 << (number - 1) for number in _numbers(signals))


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
    return _from_bits(*_mask(-1, 0, 0))


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


for _name, _value in list(globals().items()):
    if isinstance(_value, _thread._builtin) or _name.startswith("ITIMER_"):
        setattr(_signal, _name, _value)
    if isinstance(_value, _thread._builtin):
        _value.__module__ = "_signal"
_signal.ItimerError = OSError
for _name in ("sigtimedwait", "sigwaitinfo"):
    if hasattr(_signal, _name):
        delattr(_signal, _name)
