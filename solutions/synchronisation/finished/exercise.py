"""A download that others wait for."""
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
        with self.finished:
            while not self.done:
                self.finished.wait()


if __name__ == '__main__':
    download = Download()
    reader = threading.Thread(target=download.wait)
    reader.start()
    download.finish()
    reader.join()
    print('finished:', download.done)
