# expect: failed an error is handed over
"""A job that raises ends the thread before anybody is called."""
import threading


class Task:
    def __init__(self, job):
        self.job = job
        self.value = None
        self.error = None
        self.done = False
        self.callbacks = []
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        self.value = self.job()
        with self.lock:
            self.done = True
            callbacks = self.callbacks
        for callback in callbacks:
            callback(self)

    def when_done(self, callback):
        with self.lock:
            if not self.done:
                self.callbacks.append(callback)
                return
        callback(self)
