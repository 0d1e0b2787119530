# expect: failed what was accepted is read
# concurrency: passes 200 random schedules
"""Asks outside the lock; the answer is old when the lock is there."""
import queue
import threading

END = object()


class Mailbox:
    def __init__(self):
        self.messages = queue.Queue()
        self.closed = False
        self.lock = threading.Lock()

    def put(self, message):
        if self.closed:
            return False
        with self.lock:
            self.messages.put(message)
            return True

    def close(self):
        with self.lock:
            self.closed = True
            self.messages.put(END)

    def read_all(self):
        """Waits for messages until the mailbox has been closed; returns all of them."""
        read = []
        while (message := self.messages.get()) is not END:
            read.append(message)
        return read
