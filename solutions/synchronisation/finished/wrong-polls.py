# expect: failed whoever waits is told
# concurrency: passes under round-robin
"""A time-out that hides the mistake: who is not called waits a second too long."""
import threading


class Download:
    def __init__(self):
        self.done = False
        self.finished = threading.Condition()

    def finish(self):
        with self.finished:
            self.done = True
            self.finished.notify_all()

    def wait(self):
        while not self.done:
            with self.finished:
                self.finished.wait(timeout=1)
