"""A parcel that only one courier can take."""
import threading


class Parcel:
    def __init__(self):
        self.courier = None
        self.lock = threading.Lock()

    def take(self, name):
        """True for the first one who takes the parcel, False for all others."""
        with self.lock:
            if self.courier is None:
                self.courier = name
            return self.courier == name
