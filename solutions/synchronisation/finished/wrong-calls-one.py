# expect: deadlock all are told
"""Calls one of two."""
import threading


class Download:
    def __init__(self):
        self.done = False
        self.finished = threading.Condition()

    def finish(self):
        with self.finished:
            self.done = True
            self.finished.notify()

    def wait(self):
        with self.finished:
            while not self.done:
                self.finished.wait()
