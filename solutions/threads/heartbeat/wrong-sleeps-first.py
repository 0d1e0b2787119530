# expect: failed a beat at once, then one each interval
"""The first sign of life comes an interval late."""
import threading
import time


class Heartbeat(threading.Thread):
    """Calls `beat()` at once and then every `interval` seconds, until `stop()` or the end of the program."""

    def __init__(self, interval, beat):
        super().__init__(name='heartbeat', daemon=True)
        self.interval = interval
        self.beat = beat
        self.stopping = False

    def run(self):
        while not self.stopping:
            time.sleep(self.interval)
            self.beat()

    def stop(self):
        """When this returns, `beat` is not called any more."""
        self.stopping = True
        self.join()
