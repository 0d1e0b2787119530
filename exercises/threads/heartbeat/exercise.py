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


if __name__ == '__main__':
    heart = Heartbeat(1, lambda: print('still alive'))
    heart.start()
    time.sleep(2.5)  # the import
    heart.stop()
    print('the import is over')
