"""The names of threading's that gevent has its own of."""
from gevent.local import local
from gevent.thread import LockType as Lock, allocate_lock as _allocate_lock, get_ident, start_new_thread as _start_new_thread

__all__ = ["local", "Lock", "get_ident"]
