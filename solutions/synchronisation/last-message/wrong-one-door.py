# expect: failed what was accepted is read
# concurrency: passes 200 random schedules
"""put holds the lock, close does not."""
import queue
import threading

END = object()


class Mailbox:
    def __init__(self):
        self.messages = queue.Queue()
        self.closed = False
        self.lock = threading.Lock()

    def put(self, message):
        with self.lock:
            if self.closed:
                return False
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
