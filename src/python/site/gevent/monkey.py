"""patch_all: from here on the library's own sockets, sleeps, locks and threads make greenlets wait instead of threads.

To be called first, before other modules take what it replaces. What has been made before stays what it was.
"""
__all__ = ["get_original", "is_anything_patched", "is_module_patched", "is_object_patched", "patch_all", "patch_select",
           "patch_socket", "patch_thread", "patch_time"]
# What was there before: {module: {name: object}}.
saved = {}


def is_module_patched(mod_name):
    return mod_name in saved


def is_object_patched(mod_name, item_name):
    return item_name in saved.get(mod_name, ())


def is_anything_patched():
    return bool(saved)


def get_original(mod_name, item_name):
    """What a module had under a name (or several) before it was patched."""
    if isinstance(item_name, str):
        item_name, single = [item_name], True
    else:
        single = False
    module = __import__(mod_name, fromlist=["*"])
    found = [saved.get(mod_name, {}).get(name, getattr(module, name, None)) for name in item_name]
    return found[0] if single else found


def _put(module, name, value):
    saved.setdefault(module.__name__, {}).setdefault(name, getattr(module, name, None))
    setattr(module, name, value)


def patch_time():
    import time
    from gevent.time import sleep
    _put(time, "sleep", sleep)


def patch_socket(dns=True, aggressive=True):
    import socket
    from gevent import socket as ours
    for name in ("socket", "SocketType", "socketpair", "fromfd", "create_connection"):
        _put(socket, name, getattr(ours, name))


def patch_select(aggressive=True):
    import select
    import selectors
    from gevent import select as ours
    _put(select, "select", ours.select)
    _put(select, "poll", ours.poll)
    selectors.SelectSelector._select = staticmethod(ours.select)
    selectors.PollSelector._selector_cls = ours.poll
    if aggressive:
        # What would make all greenlets wait.
        _put(selectors, "DefaultSelector", selectors.PollSelector)


def patch_thread(threading=True, _threading_local=True, Event=True, logging=True, existing_locks=True):
    import _thread
    from gevent import thread as ours
    for name in ("allocate_lock", "get_ident", "start_new_thread", "start_joinable_thread", "LockType", "lock", "exit"):
        _put(_thread, name, getattr(ours, {"lock": "LockType"}.get(name, name)))
    _put(_thread, "_local", ours._local)
    if threading:
        _patch_threading(ours)


def _patch_threading(ours):
    import concurrent.futures.thread as futures
    import threading
    from gevent.hub import get_hub
    main = threading._main_thread
    shutdown = threading._shutdown

    def _shutdown():
        # The interpreter ends when all threads have that it has to wait for.
        for thread in list(threading._active.values()):
            if thread is not main and not thread.daemon and isinstance(thread._os_thread_handle, ours._ThreadHandle):
                thread.join()
        shutdown()

    for name, value in {
        "_start_joinable_thread": ours.start_joinable_thread, "_ThreadHandle": ours._ThreadHandle,
        "get_ident": ours.get_ident, "_allocate_lock": ours.allocate_lock, "Lock": ours.LockType, "_CRLock": None,
        "RLock": threading._PyRLock, "local": ours._local, "_set_name": None, "_shutdown": _shutdown,
    }.items():
        _put(threading, name, value)
    # The main thread is the main greenlet.
    before, main._ident = main._ident, ours.get_ident(get_hub().parent)
    threading._active[main._ident] = threading._active.pop(before, main)
    _put(threading, "_get_main_thread_ident", lambda: main._ident)
    _put(futures, "_global_shutdown_lock", ours.LockType())


def patch_all(socket=True, dns=True, time=True, select=True, thread=True, os=True, ssl=True, subprocess=True, sys=False,
              aggressive=True, Event=True, builtins=True, signal=True, queue=True, contextvars=True, **kwargs):
    """Patches all that this subset of gevent can: time, socket, select and thread. The others stay as they are: a process
    that is waited for, or a file that is read, makes all greenlets wait."""
    if sys:
        raise NotImplementedError("to patch sys (standard input) is not part of the teaching subset of gevent")
    if time:
        patch_time()
    if thread:
        patch_thread()
    if socket:
        patch_socket(dns=dns, aggressive=aggressive)
    if select:
        patch_select(aggressive=aggressive)
    return True
