"""A sign of life, sent in the background."""
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
        self.join()


if __name__ == '__main__':
    heart = Heartbeat(1, lambda: print('still alive'))
    heart.start()
    time.sleep(2.5)  # the import
    heart.stop()
    print('the import is over')
