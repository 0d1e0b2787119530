"""Who runs the program: the user `learner`, 1000, in a group of its own, who may not become anybody else."""
import os
import _thread

_USER = 1000
_ANYBODY = -1


def _answers(name, what):
    def answer():
        return [_USER] if name == "getgroups" else (_USER,) * 3 if "res" in name else _USER
    answer.__name__ = answer.__qualname__ = name
    answer.__doc__ = f"Return {what}."
    return _thread._builtin(answer)


for _name, _what in (("getuid", "the current process's user id"), ("geteuid", "the current process's effective user id"),
                     ("getgid", "the current process's group id"), ("getegid", "the current process's effective group id"),
                     ("getgroups", "list of supplemental group IDs for the process"),
                     ("getresuid", "a tuple of the current process's real, effective, and saved user ids"),
                     ("getresgid", "a tuple of the current process's real, effective, and saved group ids")):
    globals()[_name] = _answers(_name, _what)


def check(ids, unchanged=(_ANYBODY,)):
    """Raises what Linux does if one of these is not the learner's number."""
    for number in ids:
        if not isinstance(number, int):
            raise TypeError(f"uid should be integer, not {type(number).__name__}")
        if not -1 <= number < 1 << 32:
            raise OverflowError("uid is less than minimum" if number < 0 else "uid is greater than maximum")
    if any(number not in (_USER, *unchanged) for number in ids):
        raise PermissionError(1, "Operation not permitted")


def _changes(name, count):
    def change(*ids):
        if len(ids) != count:
            raise TypeError(f"{name}() takes exactly {count} argument{'s' * (count > 1)} ({len(ids)} given)")
        check(ids, () if count == 1 else (_ANYBODY,))
    change.__name__ = change.__qualname__ = name
    change.__doc__ = f"Call the system call {name}()."
    return _thread._builtin(change)


for _name, _count in (("setuid", 1), ("seteuid", 1), ("setgid", 1), ("setegid", 1), ("setreuid", 2), ("setregid", 2),
                      ("setresuid", 3), ("setresgid", 3)):
    globals()[_name] = _changes(_name, _count)


@_thread._builtin
def setgroups(groups, /):
    """Set the groups of the current process to list."""
    raise PermissionError(1, "Operation not permitted")


@_thread._builtin
def getlogin():
    """Return the actual login name."""
    return "learner"


import processes

processes.install(globals())
