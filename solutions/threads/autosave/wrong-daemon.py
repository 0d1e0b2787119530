# expect: failed a change just before the end is saved
"""A daemon timer dies with the program, and the last words with it."""
import threading


class Autosave:
    def __init__(self, delay, save):
        self.delay = delay
        self.save = save
        self.timer = None

    def changed(self):
        self.close()
        self.timer = threading.Timer(self.delay, self.save)
        self.timer.daemon = True
        self.timer.start()

    def close(self):
        if self.timer is not None:
            self.timer.cancel()
