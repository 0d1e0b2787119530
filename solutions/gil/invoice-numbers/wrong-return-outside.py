# expect: failed no number twice
# concurrency: passes under round-robin
"""The number is made under the lock, and read again after it."""
import threading


class Numbers:
    def __init__(self):
        self.last = 0
        self.lock = threading.Lock()

    def next_number(self):
        with self.lock:
            self.last += 1
        return self.last
