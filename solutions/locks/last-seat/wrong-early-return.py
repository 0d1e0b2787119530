# expect: deadlock a full house keeps saying no
"""The early return leaves with the lock."""
import threading


class Show:
    def __init__(self, seats):
        self.free = seats
        self.guests = []
        self.lock = threading.Lock()

    def book(self, name):
        self.lock.acquire()
        if self.free == 0:
            return False
        self.free -= 1
        self.guests.append(name)
        self.lock.release()
        return True
