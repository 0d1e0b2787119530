"""A shelf between bakers and sellers."""
import threading


class Shelf:
    def __init__(self, places):
        self.places = places
        self.loaves = []
        self.changed = threading.Condition()

    def put(self, loaf):
        # begin
        self.changed.wait()
        self.changed.notify_all()
        if len(self.loaves) == self.places:
        self.loaves.append(loaf)
        with self.changed:
        while len(self.loaves) == self.places:
        # end

    def take(self):
        with self.changed:
            while not self.loaves:
                self.changed.wait()
            self.changed.notify_all()
            return self.loaves.pop(0)


if __name__ == '__main__':
    shelf = Shelf(3)
    baker = threading.Thread(target=lambda: [shelf.put(n) for n in range(5)])
    baker.start()
    print([shelf.take() for _ in range(5)])
    baker.join()
