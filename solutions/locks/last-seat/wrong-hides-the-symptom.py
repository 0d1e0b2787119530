# expect: failed the last seat is sold once
# concurrency: passes under round-robin
"""free never drops below zero any more, and the seat is still sold twice."""
import threading


class Show:
    def __init__(self, seats):
        self.free = seats
        self.guests = []
        self.lock = threading.Lock()

    def book(self, name):
        if self.free > 0:
            with self.lock:
                self.free = max(self.free - 1, 0)
                self.guests.append(name)
            return True
        return False
