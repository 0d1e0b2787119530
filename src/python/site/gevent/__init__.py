"""The part of gevent that this course's documents and exercises use: a teaching subset, on this machine's own greenlet.

There are: spawn, spawn_later, spawn_raw, joinall, killall, wait, iwait, sleep, Greenlet, Timeout, with_timeout, and the
modules event, exceptions, greenlet, hub, local, lock, monkey, pool, queue, select, socket, thread, time, timeout. They behave
as gevent 22.10 documents. There are not: subprocess, threadpool, server, pywsgi, ssl, signal, fileobject, resolvers, backdoor;
who wants one of these is told so. A process that a patched program starts, and a file that it reads, make all greenlets wait.
"""
from gevent.exceptions import LoopExit
from gevent.greenlet import Greenlet, joinall, killall
from gevent.hub import GreenletExit, get_hub, getcurrent, idle, iwait, sleep, spawn_raw, wait
from gevent.timeout import Timeout, with_timeout

__all__ = ["Greenlet", "GreenletExit", "Timeout", "get_hub", "getcurrent", "idle", "iwait", "joinall", "kill", "killall",
           "reinit", "sleep", "spawn", "spawn_later", "spawn_raw", "wait", "with_timeout"]
__version__ = "22.10.2"
version_info = (22, 10, 2, "final", 0)

spawn = Greenlet.spawn
spawn_later = Greenlet.spawn_later

_MODULES = "event lock local monkey pool queue select socket thread threading time".split()
_MISSING = ("ares backdoor baseserver builtins contextvars core events fileobject os pywsgi resolver selectors server signal ssl "
            "subprocess threadpool util win32util").split()


def kill(greenlet, exception=GreenletExit):
    """Kills a greenlet without waiting for its end."""
    from gevent.greenlet import _kill
    if not greenlet.dead:
        get_hub().loop.run_callback(_kill, greenlet, exception, None)


def reinit(hub=None):
    """For a child process: here it needs nothing."""


def _missing(name):
    return ModuleNotFoundError(f"{name} is not part of the teaching subset of gevent that this machine has", name=name)


def __getattr__(name):
    import importlib
    if name in _MODULES:
        return importlib.import_module(f"gevent.{name}")
    if name in _MISSING:
        raise _missing(f"gevent.{name}")
    raise AttributeError(f"module 'gevent' has no attribute {name!r}")
