# expect: failed two read at the same time
# concurrency: passes under round-robin
"""The first reader locks for all, but who is the first is not protected."""
import threading


class ReadWriteLock:
    def __init__(self):
        self.lock = threading.Lock()
        self.readers = 0

    def start_reading(self):
        self.readers += 1
        if self.readers == 1:
            self.lock.acquire()

    def stop_reading(self):
        self.readers -= 1
        if self.readers == 0:
            self.lock.release()

    def start_writing(self):
        self.lock.acquire()

    def stop_writing(self):
        self.lock.release()
