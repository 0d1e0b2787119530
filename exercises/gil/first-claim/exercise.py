"""A parcel that only one courier can take."""
import threading


class Parcel:
    def __init__(self):
        self.courier = None

    def take(self, name):
        """True for the first one who takes the parcel, False for all others."""
        return False


if __name__ == '__main__':
    parcel = Parcel()

    def courier(name):
        print(name, parcel.take(name))

    for name in ('Ana', 'Ben', 'Cem'):
        threading.Thread(target=courier, args=(name,), name=name).start()
