"""os's calls about processes over the kernel: for what Emscripten's C library has no system call. programs.py has exec.

The functions have CPython's names, arguments and errors; `os`, `subprocess` and `multiprocessing` above them are
CPython's own files.
"""
import collections
import os
import posix
import _thread
import signals as _signals
from _hb import (fork as _fork, group as _group, kill as _kill_call, new_session as _new_session, own_name as _own_name,
                 parent as _parent, pid as _pid, session as _session, set_group as _set_group,
                 wait_child as _wait_child)

_WNOHANG = 1
_WNOWAIT = 0x1000000
_INTERRUPTED = -2
_before, _in_parent, _in_child = [], [], []


@_thread._builtin
def getpid():
    """Return the current process id."""
    return _pid()


@_thread._builtin
def getppid():
    """Return the parent's process id."""
    return _parent()


@_thread._builtin
def getpgid(pid):
    """Call the system call getpgid(), and return the result."""
    return _group(pid)


@_thread._builtin
def getpgrp():
    """Return the current process group id."""
    return _group(0)


@_thread._builtin
def setpgid(pid, pgrp, /):
    """Call the system call setpgid(pid, pgrp)."""
    _set_group(pid, pgrp)


@_thread._builtin
def setpgrp():
    """Make the current process the leader of its process group."""
    _set_group(0, 0)


@_thread._builtin
def getsid(pid, /):
    """Call the system call getsid(pid) and return the result."""
    return _session(pid)


@_thread._builtin
def setsid():
    """Call the system call setsid()."""
    _new_session()


@_thread._builtin
def kill(pid, signal, /):
    """Kill a process with a signal."""
    _kill_call(pid, signal)
    _signals._run_own()


@_thread._builtin
def killpg(pgid, signal, /):
    """Kill a process group with a signal."""
    _kill_call(-pgid if pgid > 1 else 0, signal)
    _signals._run_own()


@_thread._builtin
def register_at_fork(**hooks):
    """Register callables to be called when forking a new process."""
    kinds = {"before": _before, "after_in_child": _in_child, "after_in_parent": _in_parent}
    for name, hook in hooks.items():
        if name not in kinds:
            raise TypeError(f"register_at_fork() got an unexpected keyword argument '{name}'")
        if not callable(hook):
            raise TypeError(f"'{name}' must be callable, not {type(hook).__name__}")
    if not hooks:
        raise TypeError("At least one argument is required.")
    for name, hook in hooks.items():
        kinds[name].append(hook)


def _run_hooks(hooks):
    for hook in hooks:
        try:
            hook()
        except BaseException as exception:
            _thread._report_unraisable(exception, f"Exception ignored while calling {hook!r}")


@_thread._builtin
def fork():
    """Fork a child process."""
    if _thread._shutting_down:
        raise PythonFinalizationError("can't fork at interpreter shutdown")
    _run_hooks(reversed(_before))
    threads = _thread._count()
    try:
        pid = _fork()
    except BaseException:
        _run_hooks(_in_parent)
        raise
    if pid == 0:
        _thread._after_fork()
        _run_hooks(_in_child)
        return 0
    _run_hooks(_in_parent)
    if threads > 0:
        import warnings
        warnings.warn(f"This process (pid={_pid()}) is multi-threaded, use of fork() may lead to deadlocks in the child.",
                      DeprecationWarning, stacklevel=2)
    return pid


def wait_for(who, options):
    while (ended := _wait_child(who, options)) == _INTERRUPTED:
        _signals._run_own()
    return ended or (0, 0)


@_thread._builtin
def waitpid(pid, options, /):
    """Wait for completion of a given child process."""
    return wait_for(pid, options)


@_thread._builtin
def wait():
    """Wait for completion of a child process."""
    return wait_for(-1, 0)


# What a child has used is counted nowhere.
_NO_USAGE = collections.namedtuple("struct_rusage", (
    "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock ru_msgsnd "
    "ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw"), module="resource")(0.0, 0.0, *[0] * 14)


@_thread._builtin
def wait4(pid, options):
    """Wait for completion of a specific child process."""
    return *wait_for(pid, options), _NO_USAGE


@_thread._builtin
def wait3(options):
    """Wait for completion of a child process."""
    return *wait_for(-1, options), _NO_USAGE


@_thread._builtin
def waitid(idtype, id, options, /):
    """Returns the result of waiting for a process or processes."""
    who = {os.P_ALL: -1, os.P_PID: id, os.P_PGID: -id}.get(idtype)
    if who is None:
        raise OSError(22, "Invalid argument")
    pid, status = wait_for(who, options & (_WNOHANG | _WNOWAIT))
    if pid == 0:
        return None
    killed = status & 0x7F
    code = os.CLD_KILLED if killed else os.CLD_EXITED
    return posix.waitid_result((pid, 1000, 17, killed or status >> 8, code))


@_thread._builtin
def uname():
    """Return an object identifying the current operating system."""
    return posix.uname_result(("Linux", _own_name().decode(), "6.12.0", "#1 SMP", "wasm32"))


@_thread._builtin
def nice(increment, /):
    """Add increment to the priority of process and return the new priority."""
    global _niceness
    _niceness = max(-20, min(19, _niceness + increment))
    return _niceness


_niceness = 0


@_thread._builtin
def getpriority(which, who):
    """Return program scheduling priority."""
    return _niceness


@_thread._builtin
def setpriority(which, who, priority):
    """Set program scheduling priority."""
    if priority < _niceness:
        raise PermissionError(13, "Permission denied")
    nice(priority - _niceness)


@_thread._builtin
def sched_getaffinity(pid, /):
    """Return the affinity of the process identified by pid (or the current process if zero)."""
    return set(range(os.cpu_count()))


def install(functions):
    """Puts a module's functions where CPython's own C functions are, or would be on Linux."""
    for name, value in list(functions.items()):
        if isinstance(value, _thread._builtin):
            value.__module__ = "posix"
            setattr(os, name, value)
            setattr(posix, name, value)
            if name not in os.__all__:
                os.__all__.append(name)


install(globals())
os.P_NOWAIT, os.P_NOWAITO, os.P_WAIT = 1, 1, 0
os.PRIO_PROCESS, os.PRIO_PGRP, os.PRIO_USER = 0, 1, 2
