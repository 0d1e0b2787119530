# expect: failed two changes in a row are saved once
# concurrency: passes under round-robin
"""The thread looks up its own version when it gets to it: by then there may be a newer one."""
import threading
import time


class Autosave:
    def __init__(self, delay, save):
        self.delay = delay
        self.save = save
        self.version = 0

    def changed(self):
        self.version += 1
        threading.Thread(target=self.wait).start()

    def wait(self):
        mine = self.version
        time.sleep(self.delay)
        if self.version == mine:
            self.save()

    def close(self):
        self.version += 1
