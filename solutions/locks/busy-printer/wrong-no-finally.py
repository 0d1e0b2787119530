# expect: failed a document that cannot be printed leaves the printer free
"""No finally: the paper jam keeps the lock."""
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
        if not self.lock.acquire(timeout=patience):
            return False
        self.feed(document)
        self.lock.release()
        return True
