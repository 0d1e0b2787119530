# expect: failed exactly one of them gets the parcel
"""Whoever comes last has it, and everybody believes it."""


class Parcel:
    def __init__(self):
        self.courier = None

    def take(self, name):
        self.courier = name
        return True
