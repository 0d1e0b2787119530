"""A sign of life, sent in the background."""
import threading
import time


class Heartbeat(threading.Thread):
    """Calls `beat()` at once and then every `interval` seconds, until `stop()` or the end of the program."""

    def __init__(self, interval, beat):
        raise NotImplementedError

    def run(self):
        raise NotImplementedError

    def stop(self):
        """When this returns, `beat` is not called any more."""
        raise NotImplementedError
