# expect: deadlock every report is finished and right
"""Two copies of the lock are held now, and only one is released."""
import os
import threading


class Meter:
    def __init__(self, value):
        self.lock = threading.Lock()
        self.number, self.total = 1, value

    def add(self, value):
        with self.lock:
            self.number += 1
            self.total += value

    def mean(self):
        with self.lock:
            return self.total / self.number


def report(meter):
    """The mean, as a child process works it out."""
    out, into = os.pipe()
    meter.lock.acquire()
    pid = os.fork()
    if pid == 0:
        meter.lock.release()
        os.write(into, str(meter.mean()).encode())
        os._exit(0)
    os.close(into)
    with open(out) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return text
