"""A mailbox that can be closed."""
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
        with self.lock:
            self.closed = True
            self.messages.put(END)

    def read_all(self):
        """Waits for messages until the mailbox has been closed; returns all of them."""
        read = []
        while (message := self.messages.get()) is not END:
            read.append(message)
        return read


if __name__ == '__main__':
    mailbox = Mailbox()
    writer = threading.Thread(target=lambda: [print(n, mailbox.put(n)) for n in range(3)])
    writer.start()
    writer.join()
    mailbox.close()
    print('read:', mailbox.read_all())
