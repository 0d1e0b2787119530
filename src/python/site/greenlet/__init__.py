"""greenlet 3 for this machine: cooperative stacks inside one thread, with the semantics that greenlet documents.

The real package copies pieces of the C stack; here each greenlet has a suspended WebAssembly stack of its own, and `_thread`
has the calls that make one and change to one. All the rest is this file: who is current in each thread, how values, errors
and the ends of greenlets travel, who is whose parent. The kernel is told of each greenlet as a fiber: the trace has a lane for it. `greenlet.__version__` names the version whose documentation holds.
"""
from sys import getprofile as _getprofile, gettrace as _gettrace, setprofile as _setprofile, settrace as _settrace
import os as _os
import sys as _sys
import _thread
from _asyncio import _ask, _end as _fiber_ends, _enter, _loop, _new as _new_fiber, _ready, _wait
from _contextvars import Context as _Context
from _thread import _change_stack, _me, _new_stack, _report_unraisable, _stack_context, _stack_frame

__all__ = ["__version__", "GreenletExit", "error", "getcurrent", "greenlet", "gettrace", "settrace"]
__version__ = "3.2.4"
GREENLET_USE_CONTEXT_VARS = GREENLET_USE_GC = GREENLET_USE_TRACING = True

# Where a greenlet is: the number of its stack (0: its thread's first), or one of these.
_NEW, _DEAD = -1, -2
_ABSENT = object()
from types import TracebackType as _Traceback


class error(Exception):
    """What greenlet raises for itself: a switch that cannot be."""


class GreenletExit(BaseException):
    """Raised in a greenlet that is to end; one that it ends with does not go on to its parent."""


error.__module__ = GreenletExit.__module__ = "greenlet"


class _Home:
    """What greenlets of one thread have in common."""

    __slots__ = ("alive", "main", "current", "origin", "tracer", "doomed", "tracing", "hub")

    def __init__(self):
        self.alive = True
        # gevent's.
        self.hub = None
        # Who gave way to the current one, until that has come to itself.
        self.origin = None
        # settrace's function; sys.settrace's and sys.setprofile's of the whole thread.
        self.tracer = None
        self.tracing = None
        # Suspended greenlets whose last reference went in another thread: they can be killed in this one only.
        self.doomed = []
        self.main = self.current = main = object.__new__(greenlet)
        main._g_home, main._g_stack, main._g_parent, main._g_run = self, 0, None, _ABSENT
        main._g_box = main._g_context = None
        # It becomes one when it first gives way.
        main._g_fiber = None

    def end(self):
        """The thread is over, and none of its greenlets can ever run again."""
        if self.hub is not None and _homes.get(_me()) is self and self.current is self.main:
            self.hub.destroy()
        self.hub = None
        self.alive = False
        self.current = self.origin = None
        self.doomed.clear()


_homes = {}


def _home():
    """The running thread's."""
    number = _me()
    home = _homes.get(number)
    if home is None:
        home = _homes[number] = _Home()
        _thread._at_ends[number] = lambda: _end(number)
    if home.doomed:
        _kill_doomed(home)
    return home


def _end(number):
    home = _homes[number]
    home.end()
    del _homes[number]
    if fiber := home.main._g_fiber:
        # What it has done is done by the thread that ends.
        _ask(id(home), 0, number)
        _loop(id(home))
        _fiber_ends(fiber)


def _kill_doomed(home):
    while home.doomed:
        _kill(home.doomed.pop(), home)


def _after_fork():
    """In a child process there is the thread that forked and no other."""
    number = _me()
    for other in [other for other in _homes if other != number]:
        _homes.pop(other).end()


_os.register_at_fork(after_in_child=_after_fork)


def getcurrent():
    """getcurrent() -> greenlet

    Returns the current greenlet (i.e. the one which called this function)."""
    home = _homes.get(_me())
    return home.current if home is not None and not home.doomed else _home().current


def settrace(callback):
    """settrace(callback) -> object

    Sets a new tracing function and returns the previous one."""
    home = _home()
    before, home.tracer = home.tracer, callback
    return before


def gettrace():
    """gettrace() -> object

    Returns the currently set tracing function, or None."""
    return _home().tracer


class greenlet:
    """greenlet(run=None, parent=None) -> greenlet

    Creates a new greenlet object (without running it).

     - *run* -- The callable to invoke.
     - *parent* -- The parent greenlet. The default is the current greenlet."""

    __slots__ = ("_g_home", "_g_stack", "_g_parent", "_g_run", "_g_box", "_g_context", "_g_fiber", "__dict__",
                 "__weakref__")

    GreenletExit = GreenletExit
    error = error
    getcurrent = staticmethod(getcurrent)
    gettrace = staticmethod(gettrace)
    settrace = staticmethod(settrace)

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._g_parent = getcurrent()
        self._g_stack = _NEW
        self._g_run = _ABSENT
        # The thread that it has started in; what the next switch brings to it; the context that it will have.
        self._g_home = self._g_box = self._g_context = None
        # Its number as a fiber; 0: it counts as the thread; None: it has none yet.
        self._g_fiber = None
        return self

    def __init__(self, run=_ABSENT, parent=None):
        if run is not _ABSENT:
            _set_run(self, run)
        if parent is not None:
            _set_parent(self, parent)

    def switch(self, /, *args, **kwargs):
        """switch(*args, **kwargs)

        Switch execution to this greenlet.

        If this greenlet has never been run, then this greenlet
        will be switched to using the body of ``self.run(*args, **kwargs)``.

        If the greenlet is active (has been run, but was switch()'ed
        out before leaving its run function), then this greenlet will
        be resumed and the return value to its switch call will be
        None if no arguments are given, the given argument if one
        argument is given, or the args tuple and keyword args dict if
        multiple arguments are given.

        If the greenlet is dead, or is the current greenlet then this
        function will simply return the arguments using the same rules as
        above."""
        return _switch(self, args, kwargs, None)

    def throw(self, typ=GreenletExit, val=None, tb=None, /):
        """throw(typ, val, tb)

        Switches execution to this greenlet, but immediately raises the
        given exception in this greenlet.  If no argument is provided, the
        exception defaults to `greenlet.GreenletExit`.  The normal exception
        propagation rules apply, as described for `switch`."""
        exception = _exception(typ, val, tb)
        if self._g_stack == _DEAD and isinstance(exception, GreenletExit):
            return _switch(self, (exception,), None, None)
        try:
            return _switch(self, (), None, exception)
        finally:
            del exception, typ, val

    @property
    def dead(self):
        home = self._g_home
        return self._g_stack == _DEAD or home is not None and not home.alive

    def __bool__(self):
        return self._g_stack >= 0 and self._g_home.alive

    @property
    def run(self):
        if self._g_stack != _NEW or self._g_run is _ABSENT:
            main = self._g_parent is None and self._g_stack == 0
            raise AttributeError("Main greenlets do not have a run attribute." if main else "run")
        return self._g_run

    @run.setter
    def run(self, value):
        _set_run(self, value)

    @run.deleter
    def run(self):
        _set_run(self, _ABSENT)

    @property
    def parent(self):
        return self._g_parent

    @parent.setter
    def parent(self, value):
        _set_parent(self, value)

    @parent.deleter
    def parent(self):
        raise AttributeError("can't delete attribute")

    @property
    def gr_frame(self):
        """The frame in which a suspended greenlet called `switch`; None if it does not run."""
        home = self._g_home
        if self._g_stack < 0 or not home.alive or home.current is self:
            return None
        frame = _stack_frame(self._g_stack)
        while frame is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        return frame

    @property
    def gr_context(self):
        """The contextvars.Context in which it runs; None stands for an empty one."""
        stack = _stack_of(self, "get context of a greenlet that is")
        return self._g_context if stack is None else _stack_context(stack, 0)

    @gr_context.setter
    def gr_context(self, context):
        if context is not None and type(context) is not _Context:
            raise TypeError("greenlet context must be a contextvars.Context or None")
        stack = _stack_of(self, "set context of a greenlet that is")
        if stack is None:
            self._g_context = context
        else:
            _stack_context(stack, context)

    @gr_context.deleter
    def gr_context(self):
        raise AttributeError("can't delete attribute")

    def __repr__(self):
        home = self._g_home
        name = f"{type(self).__module__}.{type(self).__qualname__}" if type(self) is not greenlet else "greenlet.greenlet"
        thread = f"otid={id(home):#x}" if home is not None else "otid=(nil)"
        if self._g_stack == _NEW:
            state = " pending"
        elif self._g_stack >= 0 and home.alive:
            state = (" current" if home.current is self else " suspended") + " active started"
            state += " main" if home.main is self else ""
        else:
            state = (" (thread exited)" if not home.alive else "") + " dead"
        return f"<{name} object at {id(self):#x} ({thread}){state}>"

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__qualname__}' object")

    def __del__(self):
        if self._g_stack > 0 and self._g_home.alive:
            home = _home()
            if home is self._g_home:
                _kill(self, home)
            else:
                self._g_home.doomed.append(self)


greenlet.__module__ = "greenlet"


def _set_run(self, run):
    if self._g_stack != _NEW:
        raise AttributeError("run cannot be set after the start of the greenlet")
    self._g_run = run


def _set_parent(self, parent):
    if self._g_parent is None:
        raise AttributeError("cannot set the parent of a main greenlet")
    if not isinstance(parent, greenlet):
        raise TypeError(f"GreenletChecker: Expected any type of greenlet, not {type(parent).__name__}")
    home, above = None, parent
    while above is not None:
        if above is self:
            raise ValueError("cyclic parent chain")
        home = above._g_home
        above = above._g_parent
    if self._g_stack != _NEW and self._g_home is not home:
        raise ValueError("parent cannot be on a different thread")
    self._g_parent = parent


def _stack_of(self, doing):
    """The stack to ask for its context; None: it has none."""
    home = self._g_home
    if self._g_stack < 0 or not home.alive:
        return None
    here = home is _home()
    if home.current is self:
        if here:
            return -1
        raise ValueError(f"cannot {doing} running in a different thread")
    # Another thread's first stack has no number here.
    return self._g_stack if here or self._g_stack > 0 else None


def _exception(kind, value, tb):
    """What `raise kind(value)` would raise, as C code has it."""
    if tb is not None and not isinstance(tb, _Traceback):
        raise TypeError("throw() third argument must be a traceback object")
    if isinstance(kind, BaseException):
        if value is not None:
            raise TypeError("instance exception may not have a separate value")
        return kind.with_traceback(tb)
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        raise TypeError(f"exceptions must be classes, or instances, not {type(kind).__name__}")
    if value is None:
        value = kind()
    elif not isinstance(value, kind):
        value = kind(*value) if isinstance(value, tuple) else kind(value)
    return value.with_traceback(tb)


def _check(home, target):
    """Whether the running thread may change to this greenlet."""
    at = target
    while at._g_stack == _NEW:
        at = at._g_parent
    if at._g_home is not home:
        gone = " (which happens to have exited)" if not at._g_home.alive else ""
        raise error(f"cannot switch to a different thread{gone}")


def _awaken(home, target):
    """Who goes on when this one is switched to: itself, begun if it is new; or, if it is dead, the next of its ancestors."""
    while True:
        if target._g_stack >= 0:
            return target
        if target._g_stack == _NEW:
            # May do anything: a subclass can make a property of it.
            run = target.run
            _check(home, target)
            if target._g_stack != _NEW:
                continue
            target._g_stack = _new_stack(_body)
            target._g_run, target._g_home = run, home
            if target._g_fiber is None:
                _make_fiber(target, getattr(run, "__name__", "greenlet"))
            return target
        target = target._g_parent


def _switch(target, args, kwargs, exception):
    home = _homes.get(_me())
    if home is None or home.doomed:
        home = _home()
    if target._g_home is not home:
        _check(home, target)
    if target._g_stack < 0:
        target = _awaken(home, target)
    target._g_box = args, kwargs, exception
    home.origin = home.current
    if home.current is not target:
        if home.current._g_fiber is None:
            _make_fiber(home.current, "main greenlet")
            _enter(home.current._g_fiber)
        if home.current._g_fiber:
            _waits(home.current._g_fiber)
        if target._g_fiber:
            _ready(target._g_fiber)
        _enter(target._g_fiber)
        home.current = target
        home.tracing = _gettrace(), _getprofile()
        # Nothing here refers to the one that waits: the last other reference may go meanwhile.
        exception = None
        _change_stack(target._g_stack)
        if (_gettrace(), _getprofile()) != home.tracing:
            _resume_tracing(home)
    # From here on it is the greenlet that called, which somebody has switched back to.
    me = home.current
    args, kwargs, exception = me._g_box
    me._g_box = None
    origin, home.origin = home.origin, None
    if home.tracer is not None:
        exception = _trace(home, origin, me, exception)
    del origin, me
    if exception is not None:
        context = exception.__context__
        try:
            raise exception
        finally:
            exception.__context__ = context
            exception = context = target = None
    if not kwargs:
        return args[0] if len(args) == 1 else args
    return (args, kwargs) if args else kwargs


def _body():
    """What a greenlet's stack begins with, and ends with: answers the stack that goes on then."""
    home = _homes[_me()]
    me = home.current
    args, kwargs, exception = me._g_box
    run, me._g_run = me._g_run, _ABSENT
    context, me._g_context, me._g_box = me._g_context, None, None
    _stack_context(-1, context)
    if home.tracing != (None, None):
        _resume_tracing(home)
    origin, home.origin = home.origin, None
    if home.tracer is not None:
        exception = _trace(home, origin, me, exception)
    del origin, me, context
    try:
        if exception is not None:
            raise exception
        args = run(*args, **(kwargs or {})),
    except GreenletExit as exit:
        args, exception = (exit.with_traceback(_outside(exit.__traceback__)),), None
    except BaseException as failure:
        exception = failure.with_traceback(_outside(failure.__traceback__))
    del run, kwargs
    home.tracing = _gettrace(), _getprofile()
    # The context is kept for who asks.
    me = home.current
    me._g_context = _stack_context(-1, None)
    me._g_stack = _DEAD
    if me._g_fiber:
        _fiber_ends(me._g_fiber)
    parent = me._g_parent
    while True:
        try:
            parent = _awaken(home, parent)
            break
        except BaseException as failure:
            exception, parent = failure, parent._g_parent
    if parent._g_fiber:
        _ready(parent._g_fiber)
    _enter(parent._g_fiber)
    parent._g_box = args, None, exception
    home.origin, home.current = me, parent
    return parent._g_stack


def _make_fiber(self, name):
    # What greenlets say to each other by way of the library is not told: so each counts as dependent on all others.
    self._g_fiber = _new_fiber(str(name).encode("utf-8", "replace"), 1)


def _waits(fiber):
    """Tells where in the program a greenlet gives way, and in which function of the library's."""
    frame, what, file, line = _sys._getframe(2), "greenlet.switch", "", 0
    while frame is not None:
        code = frame.f_code
        if not code.co_filename.startswith(("/lib/", "<frozen ", "<hb:")):
            file, line = code.co_filename, frame.f_lineno or 0
            break
        what = f"gevent.{code.co_qualname}" if "/site-packages/gevent/" in code.co_filename else code.co_qualname
        frame = frame.f_back
    _wait(fiber, what.encode("utf-8", "replace"), 0, file.encode("utf-8", "replace"), line, 1)


def _outside(tb):
    """A traceback without this file's frames, which stand where greenlet has C functions."""
    while tb is not None and tb.tb_frame.f_code.co_filename == __file__:
        tb = tb.tb_next
    return tb


def _resume_tracing(home):
    """sys.settrace and sys.setprofile are a thread's, whichever greenlet has called them."""
    trace, profile = home.tracing
    if _gettrace() is not trace:
        _settrace(trace)
    if _getprofile() is not profile:
        _setprofile(profile)


def _trace(home, origin, target, exception):
    """Tells settrace's function; answers what is to be raised now."""
    trace, profile = _gettrace(), _getprofile()
    _settrace(None)
    _setprofile(None)
    try:
        home.tracer("switch" if exception is None else "throw", (origin, target))
    except BaseException as failure:
        home.tracer = None
        return failure
    finally:
        if trace is not None:
            _settrace(trace)
        if profile is not None:
            _setprofile(profile)
    return exception


def _kill(dying, home):
    """Nobody has a reference to it any more: it gets to clean up."""
    parent, dying._g_parent = dying._g_parent, home.current
    try:
        _switch(dying, (), None, GreenletExit("Killing the greenlet because all references have vanished."))
    except BaseException as exception:
        _report_unraisable(exception, f"Exception ignored in: {dying!r}")
    finally:
        dying._g_parent = parent
