"""A price list, its readers and its writers."""
import threading
import time

from exercise import ReadWriteLock


class PriceList:
    """Counts who is inside, under a lock of its own."""

    def __init__(self, seconds):
        self.door = ReadWriteLock()
        self.seconds = seconds
        self.guard = threading.Lock()
        self.inside = {'read': 0, 'write': 0}
        self.most = {'read': 0, 'write': 0}
        self.together = False

    def enter(self, what):
        with self.guard:
            self.inside[what] += 1
            self.most[what] = max(self.most[what], self.inside[what])
            self.together = self.together or min(self.inside.values()) > 0
        if self.seconds:
            time.sleep(self.seconds)
        with self.guard:
            self.inside[what] -= 1

    def read(self):
        self.door.start_reading()
        self.enter('read')
        self.door.stop_reading()

    def write(self):
        self.door.start_writing()
        self.enter('write')
        self.door.stop_writing()


def visit(readers, writers, seconds=0):
    """The most readers and the most writers at once, whether they ever met, and the seconds that it took."""
    prices, begin = PriceList(seconds), time.monotonic()
    jobs = [prices.read] * readers + [prices.write] * writers
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [prices.most['read'], prices.most['write'], prices.together, time.monotonic() - begin]
