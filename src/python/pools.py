"""Threads, futures and pools in an order of their own: in CPython, sets of them are ordered by where they are in memory."""
import threading
from _thread import get_ident
from concurrent.futures import _base, thread as pools

# How many objects each thread has numbered: the same whatever the others do.
_numbered = {}
# How many pools without a name there have been. CPython counts them where the next run could not begin anew.
_unnamed = [0]


def _hash(self):
    try:
        return self._number
    except AttributeError:
        me = get_ident()
        _numbered[me] = count = _numbered.get(me, 0) + 1
        self._number = (me << 20) + count
        return self._number


def _next_unnamed():
    _unnamed[0] += 1
    return _unnamed[0] - 1


def _acquire_in_order(self, futures):
    self.futures = sorted(futures, key=hash)


threading.Thread.__hash__ = _base.Future.__hash__ = _hash
# The main thread stands in threading's set by the hash that it had before.
_threads = list(threading._dangling)
threading._dangling.clear()
threading._dangling.update(_threads)
_base._AcquireFutures.__init__ = _acquire_in_order
pools.ThreadPoolExecutor._counter = staticmethod(_next_unnamed)


def reset():
    """For the next run of this life."""
    pools._shutdown = False
    pools._threads_queues.clear()
    _unnamed[0] = 0
    _numbered.clear()
