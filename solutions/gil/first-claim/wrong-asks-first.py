# expect: failed exactly one of them gets the parcel
# concurrency: passes under round-robin
"""Check, then act."""


class Parcel:
    def __init__(self):
        self.courier = None

    def take(self, name):
        if self.courier is None:
            self.courier = name
            return True
        return False
