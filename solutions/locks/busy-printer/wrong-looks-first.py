# expect: failed of two at once, one gives up in time
# concurrency: passes under round-robin
"""Looks whether the printer is free, then takes it: two may look before either takes."""
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
        end = time.monotonic() + patience
        while self.lock.locked():
            if time.monotonic() >= end:
                return False
            time.sleep(0.5)
        with self.lock:
            self.feed(document)
        return True
