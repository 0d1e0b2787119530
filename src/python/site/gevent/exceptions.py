"""The exceptions of gevent's own."""
from greenlet import GreenletExit

__all__ = ["LoopExit", "InvalidSwitchError", "BlockingSwitchOutError", "ConcurrentObjectUseError", "GreenletExit"]


class LoopExit(Exception):
    """Raised in the main greenlet when nothing can happen any more that it could wait for."""

    def __str__(self):
        text, *hub = self.args or ("",)
        return f"{text}\n\tHub: {hub[0]!r}\n\tHandles:\n[]" if hub else str(text)



class InvalidSwitchError(AssertionError):
    """Somebody switched to a greenlet that waited for something else."""


class BlockingSwitchOutError(AssertionError):
    """The hub itself wanted to wait."""


class ConcurrentObjectUseError(AssertionError):
    """Two greenlets wait for the same descriptor where only one may."""
