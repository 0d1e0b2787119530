# expect: failed everybody gets a number
"""Order numbers, for all threads of a shop."""
import threading


class Numbers:
    """A generator for each thread: all begin with the same number."""

    def __init__(self, first, last):
        self.first, self.last = first, last
        self.local = threading.local()

    def _count(self):
        for number in range(self.first, self.last + 1):
            yield f'A-{number}'

    def __iter__(self):
        return self

    def __next__(self):
        if not hasattr(self.local, 'numbers'):
            self.local.numbers = self._count()
        return next(self.local.numbers)


if __name__ == '__main__':
    numbers = Numbers(1, 3)
    print(list(numbers))
