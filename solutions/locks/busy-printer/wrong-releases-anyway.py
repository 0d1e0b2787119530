# expect: failed who cannot wait is told in time
"""finally runs for those who gave up, too: they release the lock of somebody else."""
import threading
import time


class Printer:
    def __init__(self):
        self.printed = []
        self.lock = threading.Lock()

    def feed(self, document):
        """Print a document. One at a time!"""
        if not document:
            raise ValueError('nothing to print')
        time.sleep(5)
        self.printed.append(document)

    def print(self, document, patience):
        try:
            if not self.lock.acquire(timeout=patience):
                return False
            self.feed(document)
            return True
        finally:
            self.lock.release()
