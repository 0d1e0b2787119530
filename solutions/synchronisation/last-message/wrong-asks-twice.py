# expect: failed what was accepted is read
# concurrency: passes 200 random schedules
"""Asking twice makes the moment shorter, not safe."""
import queue
import threading

END = object()


class Mailbox:
    def __init__(self):
        self.messages = queue.Queue()
        self.closed = False

    def put(self, message):
        if self.closed:
            return False
        if not self.closed:
            self.messages.put(message)
            return True
        return False

    def close(self):
        self.closed = True
        self.messages.put(END)

    def read_all(self):
        """Waits for messages until the mailbox has been closed; returns all of them."""
        read = []
        while (message := self.messages.get()) is not END:
            read.append(message)
        return read
