"""A lock for many readers or one writer."""
import threading


class ReadWriteLock:
    def __init__(self):
        self.lock = threading.Lock()

    def start_reading(self):
        self.lock.acquire()

    def stop_reading(self):
        self.lock.release()

    def start_writing(self):
        self.lock.acquire()

    def stop_writing(self):
        self.lock.release()


if __name__ == '__main__':
    prices = {'tea': 2}
    door = ReadWriteLock()

    def read():
        door.start_reading()
        print('tea costs', prices['tea'])
        door.stop_reading()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
