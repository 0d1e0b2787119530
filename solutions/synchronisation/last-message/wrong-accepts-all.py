# expect: failed what was accepted is read
"""Takes messages that nobody will read."""
import queue
import threading

END = object()


class Mailbox:
    def __init__(self):
        self.messages = queue.Queue()
        self.closed = False

    def put(self, message):
        self.messages.put(message)
        return True

    def close(self):
        self.closed = True
        self.messages.put(END)

    def read_all(self):
        """Waits for messages until the mailbox has been closed; returns all of them."""
        read = []
        while (message := self.messages.get()) is not END:
            read.append(message)
        return read
