"""A meter that threads feed, and reports that child processes make of it."""
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
    with meter.lock:                # no other thread is inside now, so none is in the copy
        pid = os.fork()
    if pid == 0:
        os.write(into, str(meter.mean()).encode())
        os._exit(0)
    os.close(into)
    with open(out) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return text


if __name__ == '__main__':
    meter = Meter(10)
    threading.Thread(target=meter.add, args=(10,)).start()
    print(report(meter))
