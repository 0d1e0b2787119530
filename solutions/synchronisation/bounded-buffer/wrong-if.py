# expect: failed two disks and a camera wait for each other
# concurrency: passes under round-robin
"""Does not look again after waiting."""
import threading


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = []
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            while len(self.items) == self.size:
                self.changed.wait()
            self.items.append(item)
            self.changed.notify_all()

    def get(self):
        with self.changed:
            if not self.items:
                self.changed.wait()
            self.changed.notify_all()
            return self.items.pop(0)
