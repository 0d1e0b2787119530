# expect: failed everybody is called once
# concurrency: passes under round-robin
"""The list is protected, the question is not."""
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
        try:
            self.value = self.job()
        except Exception as error:
            self.error = error
        with self.lock:
            self.done = True
            callbacks = self.callbacks
        for callback in callbacks:
            callback(self)

    def when_done(self, callback):
        if self.done:
            callback(self)
        else:
            with self.lock:
                self.callbacks.append(callback)
