# expect: failed who cannot wait is told in time
"""Waits with a time-out and does not ask whether it got the lock."""
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
        self.lock.acquire(timeout=patience)
        try:
            self.feed(document)
        finally:
            self.lock.release()
        return True
