"""A job in a thread of its own, and those who want to know when it is done."""
import threading


class Task:
    def __init__(self, job):
        self.job = job
        self.value = None
        self.error = None
        self.done = False
        self.callbacks = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        self.value = self.job()
        self.done = True
        for callback in self.callbacks:
            callback(self)

    def when_done(self, callback):
        if self.done:
            callback(self)
        else:
            self.callbacks.append(callback)


if __name__ == '__main__':
    task = Task(lambda: 6 * 7)
    task.when_done(lambda task: print('done:', task.value, task.error))
