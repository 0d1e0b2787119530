# expect: failed exactly one of them gets the parcel
# concurrency: passes under round-robin
"""`append` is one step. To look how long the list is afterwards is another."""


class Parcel:
    def __init__(self):
        self.names = []

    @property
    def courier(self):
        return self.names[0]

    def take(self, name):
        self.names.append(name)
        return len(self.names) == 1
