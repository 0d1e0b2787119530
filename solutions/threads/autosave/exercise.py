"""Save when nobody has typed for a while."""
import threading
import time


class Autosave:
    """Calls `save()` when `delay` seconds have passed since the last change."""

    def __init__(self, delay, save):
        self.delay = delay
        self.save = save
        self.timer = None

    def changed(self):
        """Something was typed."""
        self.close()
        self.timer = threading.Timer(self.delay, self.save)
        self.timer.start()

    def close(self):
        """Throw away a save that is still to come."""
        if self.timer is not None:
            self.timer.cancel()


if __name__ == '__main__':
    autosave = Autosave(2, lambda: print('saved'))
    for key in 'hello':
        print('typed', key)
        autosave.changed()
        time.sleep(0.5)
