# expect: deadlock whoever waits is told
# concurrency: passes 200 random schedules
"""The flag is set under the lock now, and still looked at outside."""
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
        if not self.done:
            with self.finished:
                self.finished.wait()
