# expect: failed everybody gets a number
# concurrency: passes under round-robin
"""No generator, no error: now some get the same number."""


class Numbers:
    def __init__(self, first, last):
        self.number, self.last = first, last

    def __iter__(self):
        return self

    def __next__(self):
        if self.number > self.last:
            raise StopIteration
        number = self.number
        self.number = number + 1
        return f'A-{number}'
