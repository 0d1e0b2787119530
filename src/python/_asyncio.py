"""_asyncio, where CPython has C code: asyncio's own Python, whose tasks the kernel knows as fibers.

A task tells when it runs, what it waits for and when it ends. And of the tasks that a round of the event loop finds ready,
which goes first is the scheduler's choice: no promise of asyncio's orders them, and with other times of arrival from a
network they come in any order. Other callbacks keep the order that `call_soon` promises, and no task overtakes one.
"""
import sys as _sys
from collections import deque as _deque
from itertools import count as _count, islice as _islice
from weakref import WeakKeyDictionary as _WeakKeyDictionary
from _hb import (fiber_ask as _ask, fiber_choose as _choose, fiber_end as _end, fiber_enter as _enter,
                 fiber_loop as _loop, fiber_name as _name, fiber_new as _new, fiber_ready as _ready, fiber_wait as _wait,
                 me as _me)

# Of so many ready tasks the scheduler may choose one: as many as the kernel lets it.
_MOST_CHOICES = 64
_OWN_FILES = ("/lib/", "<frozen ", "<hb:")

# The running loop of each thread.
_loops = {}


def _get_running_loop():
    """Return the running event loop or None.

    This is a low-level function intended to be used by event loops.
    This function is thread-specific.
    """
    return _loops.get(_me())


def _set_running_loop(loop, /):
    """Set the running event loop.

    This is a low-level function intended to be used by event loops.
    This function is thread-specific.
    """
    if loop is None:
        _loops.pop(_me(), None)
        return
    _loops[_me()] = loop
    if type(getattr(loop, "_ready", None)) is _deque:
        loop._ready = _Ready(loop._ready)
        loop._ready._thread = _me()


def get_running_loop():
    """Return the running event loop.  Raise a RuntimeError if there is none.

    This function is thread-specific.
    """
    if (loop := _loops.get(_me())) is None:
        raise RuntimeError("no running event loop")
    return loop


def get_event_loop():
    """Return an asyncio event loop.

    When called from a coroutine or a callback (e.g. scheduled with
    call_soon or similar API), this function will always return the
    running event loop.

    If there is no running event loop set, the function will return
    the result of `get_event_loop_policy().get_event_loop()` call.
    """
    if (loop := _loops.get(_me())) is not None:
        return loop
    return _sys.modules["asyncio.events"]._get_event_loop_policy().get_event_loop()


_fibers = _WeakKeyDictionary()


def _fiber(task):
    """The task's fiber; whoever asks first makes it: that is who makes the task."""
    if (fiber := _fibers.get(task)) is None:
        name = task.get_name()
        coroutine = task.get_coro()
        if getattr(coroutine, "__qualname__", "").startswith("BaseEventLoop.shutdown_"):
            # What `asyncio.run` does at its end is not worth a lane.
            _fibers[task] = 0
            return 0
        function = getattr(coroutine, "__name__", None)
        if function and name.startswith("Task-"):
            name = f"{name} ({function})"
        # Steps that no code of the learner's takes are not told one by one.
        code = getattr(coroutine, "cr_code", None)
        chained = code is None or code.co_filename.startswith(_OWN_FILES)
        fiber = _fibers[task] = _new(name.encode("utf-8", "replace"), int(chained))
    return fiber


def _task_of(handle):
    """The task whose next step a handle is, if it is one."""
    task = getattr(handle._callback, "__self__", None)
    return task if isinstance(task, Task) else None


class _Ready(_deque):
    """The handles that an event loop will call. A task may go before those tasks that stand just before it."""

    # How many of them the round that goes on will still call: the loop counts them at its beginning.
    _round = 0
    # Whether the scheduler does not always choose the first.
    _open = 0
    # Of the loop.
    _thread = 0

    def __len__(self):
        self._open = _loop(0)
        self._round = count = super().__len__()
        return count

    def append(self, handle):
        if task := _task_of(handle):
            _ready(_fiber(task))
        else:
            # Who has begun a timer is not known any more, except that a sleeper has it from nobody.
            sleeper = handle._callback is _sys.modules["asyncio.futures"]._set_result_unless_cancelled
            _ask(id(handle), int(getattr(handle, "_when", None) is not None and not sleeper), self._thread)
        super().append(handle)

    def popleft(self):
        place = self._choose() if self._open and self._round > 1 else 0
        self._round -= 1
        self.rotate(-place)
        handle = super().popleft()
        self.rotate(place)
        if not _task_of(handle):
            _loop(id(handle))
        return handle

    def _choose(self):
        fibers = []
        for handle in _islice(self, min(self._round, _MOST_CHOICES)):
            task = None if handle._cancelled else _task_of(handle)
            if not task:
                break
            fibers.append(_fiber(task))
        if len(fibers) < 2 and self._open < 2:
            return 0
        chosen = _choose(",".join(map(str, fibers)).encode())
        return fibers.index(chosen) if chosen in fibers else 0


def _awaits(task):
    """What a task waits for: in words, the fiber of which it is the end, the learner's line at which it does, and
    whether it will go on in code that is not the learner's."""
    file, line, what = "", 0, ""
    chained, inner = 0, task.get_coro()
    while inner is not None:
        frame = getattr(inner, "cr_frame", None) or getattr(inner, "gi_frame", None) or getattr(inner, "ag_frame", None)
        if frame is None:
            break
        if not frame.f_code.co_filename.startswith(_OWN_FILES):
            # Code of the learner's that the library calls: it goes on in the library first.
            chained |= what != ""
            file, line, what = frame.f_code.co_filename, frame.f_lineno or 0, ""
        elif not what:
            owner = frame.f_locals.get("self")
            what = frame.f_code.co_name
            if owner is not None and not isinstance(owner, _sys.modules["asyncio.futures"].Future):
                what = type(owner).__name__ if what == "__aenter__" else f"{type(owner).__name__}.{what}"
        inner = getattr(inner, "cr_await", None) or getattr(inner, "gi_yieldfrom", None) or getattr(inner, "ag_await", None)
    future, other = task._fut_waiter, 0
    if isinstance(future, Task):
        what, other = future.get_name(), _fiber(future)
    elif type(future).__name__ == "_GatheringFuture":
        what = "asyncio.gather"
    elif what in ("__await__", "__iter__", ""):
        what = "a future"
    else:
        what = f"asyncio.{what}"
    return what.encode("utf-8", "replace"), other, file.encode("utf-8", "replace"), line, int(chained or not file)


def _make_task():
    class Task(_sys.modules["asyncio.tasks"]._PyTask):
        __doc__ = _sys.modules["asyncio.tasks"]._PyTask.__doc__
        __module__ = "_asyncio"

        def set_name(self, value, /):
            super().set_name(value)
            _name(_fiber(self), self.get_name().encode("utf-8", "replace"))

        # Their names are those of the class above: it calls these.
        def __step(self, exc=None):
            fiber = _fiber(self)
            _enter(fiber)
            try:
                super().__step(exc)
            finally:
                self.__leave(fiber)
                _enter(0)

        def __wakeup(self, future):
            _sys.modules["asyncio.futures"].future_discard_from_awaited_by(future, self)
            try:
                future.result()
            except BaseException as error:
                # This method and that one are no frames in C.
                tb = error.__traceback__.tb_next
                error.__traceback__ = tb.tb_next if tb and tb.tb_frame.f_code.co_name == "result" else tb
                self.__step(error)
            else:
                self.__step()

        def __eager_start(self):
            creator = _sys.modules["asyncio.tasks"]._py_current_task(self._loop)
            fiber = _fiber(self)
            _enter(fiber)
            try:
                super().__eager_start()
            finally:
                self.__leave(fiber)
                _enter(_fiber(creator) if creator else 0)

        def __leave(self, fiber):
            if self.done():
                _end(fiber)
                self.__hide_step()
            elif self._fut_waiter is not None:
                _wait(fiber, *_awaits(self))

        def __hide_step(self):
            """Takes the library's step out of the traceback of what the coroutine has raised: in C it is no frame."""
            error = self._cancelled_exc or self._exception
            tb = error and error.__traceback__
            if tb and tb.tb_frame.f_code.co_name == "__step_run_and_handle_result":
                error.__traceback__ = tb.tb_next
                if error is self._exception:
                    self._exception_tb = tb.tb_next

    Task.__qualname__ = "Task"
    return Task


def _reset():
    """Forgets what an earlier run has left behind: its tasks have no loop any more."""
    tasks, events = _sys.modules["asyncio.tasks"], _sys.modules["asyncio.events"]
    tasks._task_name_counter = _count(1).__next__
    for known in (tasks._scheduled_tasks, tasks._eager_tasks, tasks._current_tasks, _fibers, _loops):
        known.clear()
    events._event_loop_policy = None


def __getattr__(name):
    """What asyncio's own Python has: it asks for this while it is being imported, after it has defined that."""
    if name == "Task":
        global Task
        Task = _make_task()
        return Task
    if name == "Future":
        return _sys.modules["asyncio.futures"]._PyFuture
    for module in ("asyncio.futures", "asyncio.tasks"):
        own = f"_py{name}" if name.startswith("_") else f"_py_{name}"
        if (found := getattr(_sys.modules.get(module), own, None)) is not None:
            return found
    raise AttributeError(f"module '_asyncio' has no attribute {name!r}")
