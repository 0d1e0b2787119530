# expect: failed the last seat is sold once
# concurrency: passes under round-robin
"""Both steps are locked, but the lock is let go between them."""
import threading


class Show:
    def __init__(self, seats):
        self.free = seats
        self.guests = []
        self.lock = threading.Lock()

    def book(self, name):
        with self.lock:
            left = self.free > 0
        if left:
            with self.lock:
                self.free -= 1
                self.guests.append(name)
        return left
