"""os's calls about processes over the kernel: for what Emscripten's C library has no system call.

The functions have CPython's names, arguments and errors; `os`, `subprocess` and `multiprocessing` above them are
CPython's own files.
"""
import os
import posix
import sys as _sys
import _thread
import signals as _signals
from _hb import (exec as _exec, flock as _flock, fork as _fork, group as _group, kill as _kill_call, mkfifo as _mkfifo,
                 new_session as _new_session, parent as _parent, pid as _pid, session as _session,
                 set_group as _set_group, spawn as _spawn, wait_child as _wait_child)

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
def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Register callables to be called when forking a new process."""
    if before is None and after_in_child is None and after_in_parent is None:
        raise TypeError("At least one argument is required.")
    for what, hooks in ((before, _before), (after_in_child, _in_child), (after_in_parent, _in_parent)):
        if what is not None:
            if not callable(what):
                raise TypeError(f"'{type(what).__name__}' object is not callable")
            hooks.append(what)


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


def _wait(who, options):
    while (ended := _wait_child(who, options)) == _INTERRUPTED:
        _signals._run_own()
    return ended or (0, 0)


@_thread._builtin
def waitpid(pid, options, /):
    """Wait for completion of a given child process."""
    return _wait(pid, options)


@_thread._builtin
def wait():
    """Wait for completion of a child process."""
    return _wait(-1, 0)


def _no_usage():
    import collections
    names = ("ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock "
             "ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw").split()
    return collections.namedtuple("struct_rusage", names)(*[0] * len(names))


@_thread._builtin
def wait4(pid, options):
    """Wait for completion of a specific child process."""
    return *_wait(pid, options), _no_usage()


@_thread._builtin
def wait3(options):
    """Wait for completion of a child process."""
    return *_wait(-1, options), _no_usage()


@_thread._builtin
def waitid(idtype, id, options, /):
    """Returns the result of waiting for a process or processes."""
    who = {os.P_ALL: -1, os.P_PID: id, os.P_PGID: -id}.get(idtype)
    if who is None:
        raise OSError(22, "Invalid argument")
    pid, status = _wait(who, options & (_WNOHANG | _WNOWAIT))
    if pid == 0:
        return None
    killed = status & 0x7F
    code = os.CLD_KILLED if killed else os.CLD_EXITED
    return posix.waitid_result((pid, 1000, 17, killed or status >> 8, code))


def _text(value):
    return os.fsdecode(value)


def _environment(env):
    """A mapping, or a list of b"name=value" as C has it; None: the caller's own."""
    if env is None:
        return dict(os.environ)
    if hasattr(env, "keys"):
        return {_text(key): _text(env[key]) for key in env.keys()}
    return dict(_text(entry).partition("=")[::2] for entry in env)


_UNCHANGED = {"folder": None, "moved": [], "inherited": "all", "newSession": False, "group": -1, "restoreSignals": False}


def _encode(path, argv, env, **more):
    program = {"path": _text(path), "argv": [_text(word) for word in argv], "environment": _environment(env)}
    return _dumps({**_UNCHANGED, **program, **more}).encode("utf-8", "surrogateescape")


@_thread._builtin
def execve(path, argv, env):
    """Execute a path with arguments, replacing current process."""
    if not isinstance(argv, (list, tuple)):
        raise TypeError("execve: argv must be a tuple or list")
    if not argv or not argv[0]:
        raise ValueError("execve: argv must not be empty" if not argv else "execve: argv first element cannot be empty")
    try:
        _exec(_encode(path, argv, env))
    except OSError as error:
        raise type(error)(error.errno, error.strerror, path) from None


@_thread._builtin
def execv(path, argv, /):
    """Execute an executable path with arguments, replacing current process."""
    if not isinstance(argv, (list, tuple)):
        raise TypeError("execv() arg 2 must be a tuple or list")
    if not argv or not argv[0]:
        raise ValueError("execv() arg 2 must not be empty" if not argv else "execv() arg 2 first element cannot be empty")
    # Unlike execve, it does not say which path could not be executed.
    _exec(_encode(path, argv, None))


@_thread._builtin
def posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, setsigmask=(),
                setsigdef=(), scheduler=None):
    """Execute the program specified by path in a new process."""
    moved = []
    for action in file_actions or ():
        if action[0] != os.POSIX_SPAWN_DUP2:
            raise NotImplementedError("this machine's posix_spawn knows POSIX_SPAWN_DUP2 only")
        moved.append([int(action[1]), int(action[2])])
    group = -1 if setpgroup is None else int(setpgroup)
    try:
        return _spawn(_encode(path, argv, env, moved=moved, newSession=bool(setsid), group=group))
    except OSError as error:
        raise type(error)(error.errno, error.strerror, path) from None


@_thread._builtin
def system(command):
    """Execute the command in a subshell."""
    return _wait(_spawn(_encode("/bin/sh", ["sh", "-c", command], None)), 0)[1]


@_thread._builtin
def uname():
    """Return an object identifying the current operating system."""
    return posix.uname_result(("Linux", "learner", "6.12.0", "#1 SMP", "wasm32"))


@_thread._builtin
def nice(increment, /):
    """Add increment to the priority of process and return the new priority."""
    global _niceness
    _niceness = max(-20, min(19, _niceness + increment))
    return _niceness


_niceness = 0


@_thread._builtin
def pipe2(flags, /):
    """Create a pipe with flags set atomically."""
    ends = os.pipe()
    for fd in ends:
        os.set_inheritable(fd, not flags & os.O_CLOEXEC)
        os.set_blocking(fd, not flags & os.O_NONBLOCK)
    return ends


@_thread._builtin
def set_inheritable(fd, inheritable, /):
    """Set the inheritable flag of the specified file descriptor."""
    # CPython's own is compiled to do nothing where there are no processes.
    import fcntl
    flags = fcntl.fcntl(fd, fcntl.F_GETFD)
    fcntl.fcntl(fd, fcntl.F_SETFD, flags & ~fcntl.FD_CLOEXEC if inheritable else flags | fcntl.FD_CLOEXEC)


@_thread._builtin
def mkfifo(path, mode=0o666, *, dir_fd=None):
    """Create a "fifo" (a POSIX named pipe)."""
    if dir_fd is not None:
        raise NotImplementedError("mkfifo: dir_fd unavailable on this platform")
    _mkfifo(os.fsencode(path), mode)


@_thread._builtin
def sched_getaffinity(pid, /):
    """Return the affinity of the process identified by pid (or the current process if zero)."""
    return set(range(os.cpu_count()))


@_thread._builtin
def fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,
              errpipe_read, errpipe_write, restore_signals, start_new_session, process_group, gid, extra_groups, uid, umask,
              preexec_fn, /):
    """Spawn a fresh new child process."""
    moved = [[source, fd] for fd, source in enumerate((p2cread, c2pwrite, errwrite)) if source != -1]
    if preexec_fn is not None:
        return _fork_and_exec(args, executable_list, close_fds, pass_fds, cwd, env, moved, errpipe_write, restore_signals,
                              start_new_session, process_group, umask, preexec_fn)
    failed = None
    if cwd is not None:
        try:
            if not os.path.isdir(cwd):
                os.listdir(cwd)
        except OSError as error:
            failed, reason = error, b"noexec:chdir"
    if failed is None:
        # As C does: the far end of the pipe for errors closes when the program begins.
        inherited = [fd for fd in pass_fds if fd != errpipe_write] if close_fds else "all"
        more = {"folder": None if cwd is None else os.path.abspath(_text(cwd)), "moved": moved, "inherited": inherited,
                "newSession": bool(start_new_session), "group": process_group, "restoreSignals": bool(restore_signals)}
        for path in executable_list:
            try:
                return _spawn(_encode(path, args, env, **more))
            except BlockingIOError:
                raise
            except OSError as error:
                # As C does: the first failure that says more than that there is no such file.
                if failed is None or isinstance(failed, (FileNotFoundError, NotADirectoryError)):
                    failed, reason = error, b""
    os.write(errpipe_write, b"OSError:%x:%s" % (failed.errno, reason))
    # A child that has come and gone.
    return 1 << 22


def _fork_and_exec(args, executable_list, close_fds, pass_fds, cwd, env, moved, errpipe_write, restore_signals,
                   start_new_session, process_group, umask, preexec_fn):
    """With a function to be called in the child there must be a child of this memory first, as in C."""
    if pid := fork():
        return pid
    reason = b"noexec"
    try:
        for source, fd in moved:
            os.dup2(source, fd)
        if cwd is not None:
            reason = b"noexec:chdir"
            os.chdir(cwd)
            reason = b"noexec"
        if start_new_session:
            setsid()
        if process_group >= 0:
            setpgid(0, process_group)
        try:
            preexec_fn()
        except BaseException:
            os.write(errpipe_write, b"SubprocessError:0:Exception occurred in preexec_fn.")
            os._exit(255)
        failed = None
        more = {"inherited": [fd for fd in pass_fds if fd != errpipe_write]} if close_fds else {}
        for path in executable_list:
            try:
                _exec(_encode(path, args, env, **more))
            except OSError as error:
                failed = error
        raise failed
    except OSError as error:
        os.write(errpipe_write, b"OSError:%x:%s" % (error.errno, b"" if reason == b"noexec" else reason))
    os._exit(255)


@_thread._builtin
def flock(fd, operation, /):
    """Perform the lock operation `operation` on file descriptor `fd`."""
    if not isinstance(fd, int):
        fd = fd.fileno()
    while _flock(fd, operation) == _INTERRUPTED:
        _signals._run_own()


def _install():
    """Puts the functions where CPython's own C functions are, or would be on Linux."""
    for name, value in list(globals().items()):
        if isinstance(value, _thread._builtin) and name not in ("fork_exec", "flock"):
            value.__module__ = "posix"
            setattr(os, name, value)
            setattr(posix, name, value)
            if name not in os.__all__:
                os.__all__.append(name)
    os.P_NOWAIT, os.P_NOWAITO, os.P_WAIT = 1, 1, 0
    for name, number in (("POSIX_SPAWN_OPEN", 0), ("POSIX_SPAWN_CLOSE", 1), ("POSIX_SPAWN_DUP2", 2)):
        setattr(os, name, number)
    import _posixsubprocess, fcntl
    _posixsubprocess.fork_exec, fcntl.flock = fork_exec, flock


import json

_dumps = json.dumps
_install()
