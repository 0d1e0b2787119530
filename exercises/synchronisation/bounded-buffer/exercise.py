"""A buffer between a camera and a disk."""
import threading


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = []

    def put(self, item):
        pass

    def get(self):
        pass


if __name__ == '__main__':
    buffer = Buffer(2)

    def camera():
        for picture in range(5):
            buffer.put(picture)

    thread = threading.Thread(target=camera)
    thread.start()
    print([buffer.get() for _ in range(5)])
    thread.join()
