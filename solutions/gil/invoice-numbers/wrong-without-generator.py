# expect: failed no number twice
# concurrency: passes under round-robin
"""No generator, no ValueError, and numbers that are handed out twice."""


class Numbers:
    def __init__(self):
        self.last = 0

    def next_number(self):
        self.last += 1
        return self.last
