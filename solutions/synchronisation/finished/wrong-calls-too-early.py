# expect: deadlock whoever waits is told
# concurrency: passes under round-robin
"""Calls first, and sets the flag when the others may have looked again."""
import threading


class Download:
    def __init__(self):
        self.done = False
        self.finished = threading.Condition()

    def finish(self):
        with self.finished:
            self.finished.notify_all()
        self.done = True

    def wait(self):
        with self.finished:
            while not self.done:
                self.finished.wait()
