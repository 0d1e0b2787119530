"""Greenlet-local data: attributes that each greenlet has its own values of."""
from weakref import WeakKeyDictionary

from greenlet import getcurrent

__all__ = ["local"]


class local:
    """An object whose attributes each greenlet sees its own values of."""

    __slots__ = ("_local__dicts", "_local__args", "__weakref__")

    def __new__(cls, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        dicts = WeakKeyDictionary()
        dicts[getcurrent()] = {}
        object.__setattr__(self, "_local__dicts", dicts)
        object.__setattr__(self, "_local__args", (args, kwargs))
        return self

    def __getattribute__(self, name):
        mine = _mine(self)
        if name == "__dict__":
            return mine
        kind = type(self)
        found = _look_up(kind, name)
        if found is not _ABSENT and hasattr(type(found), "__set__"):
            return type(found).__get__(found, self, kind)
        if name in mine:
            return mine[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        found = _look_up(type(self), name)
        if found is not _ABSENT and hasattr(type(found), "__set__"):
            return type(found).__set__(found, self, value)
        _mine(self)[name] = value

    def __delattr__(self, name):
        mine = _mine(self)
        if name not in mine:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        del mine[name]


_ABSENT = object()


def _look_up(kind, name):
    for base in kind.__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    return _ABSENT


def _mine(self):
    """The attributes that the current greenlet sees; a subclass's __init__ makes them."""
    dicts = object.__getattribute__(self, "_local__dicts")
    me = getcurrent()
    mine = dicts.get(me)
    if mine is None:
        mine = dicts[me] = {}
        args, kwargs = object.__getattribute__(self, "_local__args")
        if type(self).__init__ is not object.__init__:
            type(self).__init__(self, *args, **kwargs)
    return mine
