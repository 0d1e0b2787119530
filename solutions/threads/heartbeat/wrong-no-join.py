# expect: failed no beat after stop() has returned
# concurrency: passes under round-robin
"""stop() asks and does not wait: a thread that has just looked at the flag still beats."""
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
            self.beat()
            time.sleep(self.interval)

    def stop(self):
        """When this returns, `beat` is not called any more."""
        self.stopping = True
