# expect: failed one save, after the last change
"""Two seconds after the first change, in the middle of the typing."""
import threading


class Autosave:
    def __init__(self, delay, save):
        self.delay = delay
        self.save = save
        self.timer = None

    def changed(self):
        if self.timer is None or not self.timer.is_alive():
            self.timer = threading.Timer(self.delay, self.save)
            self.timer.start()

    def close(self):
        if self.timer is not None:
            self.timer.cancel()
