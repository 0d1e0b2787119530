# expect: failed no number twice
# concurrency: passes under round-robin
"""`next` of itertools.count is one step; to remember the last one is another, which may come too late."""
import itertools


class Numbers:
    def __init__(self):
        self.last = 0
        self.numbers = itertools.count(1)

    def next_number(self):
        number = next(self.numbers)
        self.last = number
        return number
