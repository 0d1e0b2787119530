"""A job in a thread of its own, and those who want to know when it is done."""
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
        with self.lock:
            if not self.done:
                self.callbacks.append(callback)
                return
        callback(self)


if __name__ == '__main__':
    task = Task(lambda: 6 * 7)
    task.when_done(lambda task: print('done:', task.value, task.error))
