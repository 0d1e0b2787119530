"""Builds the machine that a snapshot freezes: puts the shims below CPython's library and imports the library on top.

Runs once, at build time, in a bare CPython where nothing but the interpreter's own start-up modules is loaded. The
host has already put the natives into sys.modules["_hb"] and the other files of this folder into `_hb_sources`.
"""
import sys

sys.modules["_hb_c_thread"] = sys.modules["_thread"]
_MODULES = {}


def _load(name):
    module = type(sys)(name)
    module.__file__ = f"<hb:{name}>"
    sys.modules[name] = _MODULES[name] = module
    exec(compile(_hb_sources[name], f"<hb:{name}>", "exec"), module.__dict__)
    return module


sys.platform = "linux"
# sysconfig looks for the build's data under the platform's name.
import importlib
sys.modules["_sysconfigdata__linux_wasm32-emscripten"] = importlib.import_module("_sysconfigdata__emscripten_wasm32-emscripten")
_thread = _load("_thread")
_load("errors")
# A new carrier copies this thread state's C-level thread-locals; if there were none it would run Python to make some,
# on a stack that cannot be suspended.
sys.modules["_hb_c_thread"]._local().__dict__
# threading.local is the library's own Python one (the C one knows a single thread). It imports threading, which imports
# it: a stand-in for the two names breaks the circle.
_stand_in = type(sys)("threading")
_nobody = type("Nobody", (), {})()
_stand_in.current_thread, _stand_in.RLock = lambda: _nobody, _thread.RLock
sys.modules["threading"] = _stand_in
import _threading_local

del sys.modules["threading"]
_thread._local = type("_local", (_threading_local.local,), {"__slots__": (), "__module__": "_thread"})
# importlib's module locks: an import that waits must wait in the kernel too.
for _importlib in ("_frozen_importlib", "_frozen_importlib_external"):
    if hasattr(sys.modules[_importlib], "_thread"):
        sys.modules[_importlib]._thread = _thread
# In C it waits on locks that the kernel cannot see; the library has a Python fallback of its own.
sys.modules["_queue"] = None
_load("_asyncio")
# Doors to JavaScript: there are none behind this wall, so their importers must say so instead of crashing.
for _door in ("_pyodide_core", "_pyodide", "pyodide", "pyodide_js", "js", "_ctypes"):
    sys.modules[_door] = None

import time as _time

_hb = sys.modules["_hb"]
_kernel_sleep = _hb.sleep


@_thread._builtin
def sleep(seconds, /):
    """sleep(seconds)

    Delay execution for a given number of seconds.  The argument may be
    a floating-point number for subsecond precision.
    """
    if not isinstance(seconds, (int, float)):
        if not hasattr(seconds, "__index__") and not hasattr(seconds, "__float__"):
            raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
        seconds = float(seconds)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    end = _monotonic() + seconds
    while _kernel_sleep(seconds) == -2:
        _thread._run_signal_handlers()
        seconds = max(end - _monotonic(), 0)


_monotonic = _time.monotonic
sleep.__module__ = "time"
_time.sleep = sleep

import gc

_collect = gc.collect
_automatic = True


@_thread._builtin
def collect(generation=2):
    """Run the garbage collector."""
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    # Generation 1 is CPython's incremental collector, which cannot walk the stack of a suspended thread.
    return _collect(0 if generation == 0 else 2)


def _set_automatic(on):
    def switch():
        global _automatic
        _automatic = on
    switch.__name__ = "enable" if on else "disable"
    return switch


# As CPython does at its start: a broken pipe is an exception, not the end.
import _signal
for _name in ("SIGPIPE", "SIGXFSZ"):
    _signal.signal(getattr(_signal, _name), _signal.SIG_IGN)

gc.disable()
gc.collect = collect
gc.enable, gc.disable, gc.isenabled = _set_automatic(True), _set_automatic(False), lambda: _automatic

import os
from _operator import index as _index

sys.executable = sys._base_executable = "/usr/bin/python3"
# Before whoever is above takes them: signal, threading, random, logging, multiprocessing.
for _name in ("signals", "processes", "descriptors", "epolls", "users", "programs", "sockets"):
    _load(_name)
sys.modules["ctypes"] = _load("ctypes_")
_load("_multiprocessing"), _load("_posixshmem")


@_thread._builtin
def _exit(status):
    """Exit to the system with specified status, without normal exit processing."""
    status = _index(status)
    if not -2**31 <= status < 2**31:
        raise OverflowError("Python int too large to convert to C int")
    _hb.kill_process(status & 0xFF)


os._exit = sys.modules["posix"]._exit = _exit


_exit.__module__ = "posix"


@_thread._builtin
def abort():
    """Abort the interpreter immediately."""
    _hb.kill(_hb.pid(), 6)


os.abort = sys.modules["posix"].abort = abort
_exit.__module__ = abort.__module__ = "posix"



@_thread._builtin
def setswitchinterval(interval, /):
    """Set the ideal thread switching delay inside the Python interpreter."""
    if not isinstance(interval, (int, float)):
        if not hasattr(interval, "__index__") and not hasattr(interval, "__float__"):
            raise TypeError(f"must be real number, not {type(interval).__name__}")
    seconds = float(interval)
    if not seconds > 0:
        raise ValueError("switch interval must be strictly positive")
    _hb.switch_interval(max(min(seconds, 1000.0) * 1e6, 1.0))


@_thread._builtin
def getswitchinterval():
    """Return the current thread switch interval; see sys.setswitchinterval()."""
    return _hb.switch_interval(0) / 1e6


setswitchinterval.__module__ = getswitchinterval.__module__ = "sys"
sys.setswitchinterval, sys.getswitchinterval = setswitchinterval, getswitchinterval

# The library on top: what a course on concurrency imports, so that an import costs nothing at run time.
import abc, argparse, ast, asyncio, atexit, bisect, builtins, calendar, collections.abc, concurrent.futures, concurrent.futures.thread
import concurrent.futures._base, contextlib, contextvars, copy, csv, dataclasses, datetime, decimal, dis, enum, fractions, functools, hashlib, heapq
import inspect, io, itertools, json, linecache, logging, logging.handlers, math, operator, pathlib, pickle, pprint, queue
import random, re, reprlib, runpy, sched, secrets, selectors, shutil, signal, socketserver, statistics, string, struct, tempfile
_load("mappings")
import multiprocessing, multiprocessing.connection, multiprocessing.context, multiprocessing.forkserver, multiprocessing.heap
import multiprocessing.managers, multiprocessing.pool, multiprocessing.popen_fork, multiprocessing.popen_forkserver
import multiprocessing.popen_spawn_posix, multiprocessing.queues, multiprocessing.reduction, multiprocessing.resource_sharer
import multiprocessing.resource_tracker, multiprocessing.shared_memory, multiprocessing.sharedctypes, multiprocessing.spawn
import multiprocessing.synchronize, multiprocessing.util, concurrent.futures.process, socket, subprocess
import textwrap, threading, tokenize, traceback, types, typing, unittest, uuid, warnings, weakref

# Of what is beside the library: searches run programs of several machines hundreds of times, each of which imports it.
import redis, redis.client, redis.lock, redis.pipeline, redis.pubsub

# After the library's own look for it, which found none: so `from concurrent.futures import *` leaves it out.
concurrent.futures._interpreters = _load("_interpreters")
_threading_local.current_thread, _threading_local.RLock = threading.current_thread, threading.RLock


def _forget_thread(function):
    """Drops a thread's locals, and the stand-in in threading.enumerate() that a thread not made there may have got."""
    ident = _thread.get_ident()
    for thread in (getattr(function, "__self__", None), threading._active.get(ident)):
        if isinstance(thread, threading.Thread):
            for key in [key for key in thread.__dict__ if key.startswith("_threading_local.")]:
                if (local := thread.__dict__[key]()) is not None:
                    local.dicts[id(thread)][1].clear()
    if isinstance(threading._active.get(ident), threading._DummyThread):
        with threading._active_limbo_lock:
            threading._active.pop(ident, None)


_thread._forget_thread = _forget_thread

# The kernel preempts through CPython's own signal machinery: see tick() in the interpreter.
for _name in ("stdio", "monitor", "pools", "boot"):
    _load(_name)
boot = _MODULES["boot"]
signal.signal(26, boot._on_tick)
boot.prepare()

sys.path[:] = [entry for entry in sys.path if entry.startswith("/lib/")]
sys.argv = [""]
for _name in ("errors", "signals", "processes", "descriptors", "epolls", "users", "programs", "sockets", "mappings", "ctypes_", "stdio", "monitor", "pools", "boot", "_hb", "_hb_c_thread"):
    sys.modules.pop(_name)
# Pickling an object for the first time leaves a note in its class: that must not look as if the program had changed it.
import copyreg

# Members of an enum are pickled by their values, which leaves none.
for _kind in [thing for thing in gc.get_objects() if isinstance(thing, type) and not issubclass(thing, enum.Enum)]:
    copyreg._slotnames(_kind)
_collect()
gc.freeze()
