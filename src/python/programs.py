"""How a program begins over the kernel: its environment, exec, posix_spawn, and the C half of subprocess."""
import operator
import os
import _posixsubprocess
import _thread
import processes
import signals as _signals
import users as _users
from _hb import exec as _exec, fork as _fork, spawn as _spawn
from json import dumps as _dumps

_MOST_OPEN = 1024
_SET_MASK = 2
# SIGPIPE and SIGXFSZ, which Python ignores and other programs do not.
_IGNORED = (13, 25)
# C's `environ`, which os.environ may differ from.
environment = {os.fsdecode(name): os.fsdecode(value) for name, value in os.environb.items()}
_c_putenv, _c_unsetenv = os.putenv, os.unsetenv


@_thread._builtin
def putenv(name, value, /):
    """Change or add an environment variable."""
    _c_putenv(name, value)
    environment[os.fsdecode(name)] = os.fsdecode(value)


@_thread._builtin
def unsetenv(name, /):
    """Delete an environment variable."""
    _c_unsetenv(name)
    environment.pop(os.fsdecode(name), None)


def _text(value):
    text = os.fsdecode(value)
    if "\0" in text:
        raise ValueError("embedded null byte")
    return text


def _environment(env):
    """A mapping, or a list of b"name=value" as C has it; None: the caller's own."""
    if env is None:
        return environment
    if not hasattr(env, "keys"):
        return dict(_text(entry).partition("=")[::2] for entry in env)
    named = {_text(key): _text(env[key]) for key in env.keys()}
    if any("=" in name[1:] or not name for name in named):
        raise ValueError("illegal environment variable name")
    return named


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
    if not isinstance(argv, (list, tuple)):
        raise TypeError("posix_spawn: argv must be a tuple or list")
    if not argv or not argv[0]:
        raise ValueError("posix_spawn: argv must not be empty" if not argv
                         else "posix_spawn: argv first element cannot be empty")
    if scheduler is not None:
        raise NotImplementedError("The scheduler option is not supported in this system.")
    actions = [_checked(action) for action in file_actions or ()]
    group = -1 if setpgroup is None else operator.index(setpgroup)
    masked, default = _signals.numbers(setsigmask), _signals.numbers(setsigdef)
    try:
        if masked or default or any(action[0] != os.POSIX_SPAWN_DUP2 for action in actions):
            program = _encode(path, argv, env)
            return _spawn_by_fork(program, actions, group, setsid, masked, default)
        moved = [[source, fd] for _, source, fd in actions]
        return _spawn(_encode(path, argv, env, moved=moved, newSession=bool(setsid), group=group))
    except OSError as error:
        raise type(error)(error.errno, error.strerror, path) from None


@_thread._builtin
def posix_spawnp(path, argv, env, /, **more):
    """Execute the program specified by path in a new process, looking for it in PATH."""
    path = os.fspath(path)
    where = [] if os.sep in os.fsdecode(path) else os.get_exec_path(env)
    for folder in where:
        found = os.path.join(folder, os.fsdecode(path))
        if os.access(found, os.X_OK):
            return posix_spawn(found, argv, env, **more)
    if where:
        raise FileNotFoundError(2, "No such file or directory", path)
    return posix_spawn(path, argv, env, **more)


_ACTIONS = {0: ("open", 5), 1: ("close", 2), 2: ("dup2", 3), 3: ("closefrom", 2)}


def _checked(action):
    if not isinstance(action, tuple) or not action:
        raise TypeError("Each file_actions element must be a non-empty tuple")
    if (kind := action[0]) not in _ACTIONS:
        raise TypeError("Unknown file_actions identifier")
    name, size = _ACTIONS[kind]
    if len(action) != size:
        raise TypeError(f"A {name} file_action tuple must have {size} elements")
    if kind == os.POSIX_SPAWN_OPEN:
        _, fd, path, flags, mode = action
        return kind, operator.index(fd), os.fsencode(_text(path)), operator.index(flags), operator.index(mode)
    return kind, *map(operator.index, action[1:])


def _spawn_by_fork(program, actions, group, new_session, masked, default):
    """As glibc does it: a copy of the process does what was asked for, and tells by a pipe if it cannot."""
    import fcntl
    read, write = os.pipe()
    # Out of the way of the numbers that a program has in mind.
    tell = fcntl.fcntl(write, fcntl.F_DUPFD_CLOEXEC, 512)
    os.close(write)
    pid = _fork()
    if pid == 0:
        try:
            _thread._after_fork()
            for signal in default:
                _signals.forget(signal)
            if new_session:
                processes.setsid()
            if group >= 0:
                processes.setpgid(0, group)
            for action in actions:
                _act(action, tell)
            if masked:
                _signals.pthread_sigmask(_SET_MASK, masked)
            _exec(program)
        except OSError as error:
            os.write(tell, b"%d" % error.errno)
        finally:
            os._exit(127)
    os.close(tell)
    with open(read, "rb") as report:
        failure = report.read()
    if failure:
        processes.wait_for(pid, 0)
        raise OSError(int(failure), os.strerror(int(failure)))
    return pid


def _act(action, kept):
    kind, fd, *more = action
    if kind == os.POSIX_SPAWN_OPEN:
        opened = os.open(*more)
        if opened != fd:
            os.dup2(opened, fd)
            os.close(opened)
        os.set_inheritable(fd, True)
    elif kind == os.POSIX_SPAWN_DUP2:
        os.dup2(fd, more[0])
    elif kind == os.POSIX_SPAWN_CLOSE:
        os.closerange(fd, fd + 1)
    else:
        _close_from(fd, (kept,))


def _close_from(first, kept):
    for fd in sorted({*kept, _MOST_OPEN}):
        os.closerange(first, fd)
        first = max(first, fd + 1)


@_thread._builtin
def system(command):
    """Execute the command in a subshell."""
    return processes.wait_for(_spawn(_encode("/bin/sh", ["sh", "-c", command], None)), 0)[1]


@_thread._builtin
def fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,
              errpipe_read, errpipe_write, restore_signals, start_new_session, process_group, gid, extra_groups, uid, umask,
              preexec_fn, /):
    """Spawn a fresh new child process."""
    moved = [[source, fd] for fd, source in enumerate((p2cread, c2pwrite, errwrite)) if source != -1]
    for path in executable_list:
        _encode(path, args, env)  # Raises now what cannot be encoded.
    failed, reason = None, b""
    try:
        _users.check([number for number in (uid, gid, *(extra_groups or ())) if number is not None])
    except OSError as error:
        failed, reason = error, b"noexec"
    if failed is None and (preexec_fn is not None or umask >= 0):
        return _fork_and_exec(args, executable_list, close_fds, pass_fds, cwd, env, moved, errpipe_write, restore_signals,
                              start_new_session, process_group, umask, preexec_fn)
    if failed is None and cwd is not None:
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
                return _spawn(_encode(_from(cwd, path), args, env, **more))
            except BlockingIOError:
                raise
            except OSError as error:
                # As C does: the first failure that says more than that there is no such file.
                if failed is None or isinstance(failed, (FileNotFoundError, NotADirectoryError)):
                    failed, reason = error, b""
    os.write(errpipe_write, b"OSError:%x:%s" % (failed.errno, reason))
    # A child that has come and gone.
    return 1 << 22


def _from(folder, path):
    """The path of a program that begins in a folder: from there."""
    return path if folder is None else os.path.join(_text(folder), _text(path))


def _fork_and_exec(args, executable_list, close_fds, pass_fds, cwd, env, moved, errpipe_write, restore_signals,
                   start_new_session, process_group, umask, preexec_fn):
    """With a function to be called in the child there must be a child of this memory first, as in C."""
    if pid := processes.fork() if preexec_fn is not None else _fork():
        return pid
    reason = b"noexec"
    try:
        if preexec_fn is None:
            _thread._after_fork()
        for source, fd in moved:
            if source == fd:
                os.set_inheritable(fd, True)
            else:
                os.dup2(source, fd)
        if cwd is not None:
            reason = b"noexec:chdir"
            os.chdir(cwd)
            reason = b"noexec"
        if umask >= 0:
            os.umask(umask)
        if restore_signals:
            for signal in _IGNORED:
                _signals.forget(signal)
        if start_new_session:
            processes.setsid()
        if process_group >= 0:
            processes.setpgid(0, process_group)
        try:
            if preexec_fn is not None:
                preexec_fn()
        except BaseException:
            os.write(errpipe_write, b"SubprocessError:0:Exception occurred in preexec_fn.")
            os._exit(255)
        for fd in pass_fds:
            os.set_inheritable(fd, fd != errpipe_write)
        if close_fds:
            _close_from(3, pass_fds)
        failed = None
        for path in executable_list:
            try:
                _exec(_encode(path, args, env))
            except OSError as error:
                if failed is None or isinstance(failed, (FileNotFoundError, NotADirectoryError)):
                    failed, reason = error, b""
        raise failed
    except OSError as error:
        os.write(errpipe_write, b"OSError:%x:%s" % (error.errno, reason))
    finally:
        os._exit(255)


processes.install({name: value for name, value in globals().items() if name != "fork_exec"})
for _number, (_name, _) in _ACTIONS.items():
    setattr(os, f"POSIX_SPAWN_{_name.upper()}", _number)
_posixsubprocess.fork_exec = fork_exec
