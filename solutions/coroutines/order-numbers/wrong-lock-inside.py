# expect: failed everybody gets a number
# concurrency: passes under round-robin
"""Order numbers, for all threads of a shop."""
import threading


class Numbers:
    def __init__(self, first, last):
        self.lock = threading.Lock()
        self.numbers = self._count(first, last)

    def _count(self, number, last):
        while number <= last:
            with self.lock:
                text = f'A-{number}'
                number += 1
            yield text

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.numbers)


if __name__ == '__main__':
    numbers = Numbers(1, 3)
    print(list(numbers))
