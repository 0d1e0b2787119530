"""A printer that several threads share."""
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
        """Print if the printer gets free within `patience` seconds. True if it was printed."""
        if not self.lock.acquire(timeout=patience):
            return False
        try:
            self.feed(document)
        finally:
            self.lock.release()
        return True


if __name__ == '__main__':
    printer = Printer()

    def person(document, patience):
        print(document, printer.print(document, patience))

    for args in (('report', 0), ('letter', 2), ('memo', 10)):
        threading.Thread(target=person, args=args).start()
