"""A download that others wait for."""
import threading


class Download:
    def __init__(self):
        self.done = False
        self.finished = threading.Condition()

    def finish(self):
        self.done = True
        with self.finished:
            self.finished.notify_all()

    def wait(self):
        while not self.done:
            with self.finished:
                self.finished.wait()


if __name__ == '__main__':
    download = Download()
    reader = threading.Thread(target=download.wait)
    reader.start()
    download.finish()
    reader.join()
    print('finished:', download.done)
