"""Invoice numbers, none twice and none left out."""
import threading


class Numbers:
    def __init__(self):
        self.last = 0
        self.lock = threading.Lock()
        self.generator = self.count()

    def count(self):
        while True:
            self.last += 1
            yield self.last

    def next_number(self):
        """The next invoice number."""
        with self.lock:
            return next(self.generator)


if __name__ == '__main__':
    numbers = Numbers()
    threads = [threading.Thread(target=lambda: print(numbers.next_number())) for _ in range(3)]
    for thread in threads:
        thread.start()
