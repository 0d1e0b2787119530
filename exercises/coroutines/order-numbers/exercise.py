"""Order numbers, for all threads of a shop."""
import threading


class Numbers:
    def __init__(self, first, last):
        self.numbers = self._count(first, last)

    def _count(self, number, last):
        while number <= last:
            yield f'A-{number}'
            number += 1

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.numbers)


if __name__ == '__main__':
    numbers = Numbers(1, 3)
    print(list(numbers))
