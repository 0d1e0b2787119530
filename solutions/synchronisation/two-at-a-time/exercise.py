"""A client that may have so many connections at a time."""
import threading
import time


class Client:
    def __init__(self, server, limit):
        self.server = server
        self.permits = threading.Semaphore(limit)

    def fetch(self, page):
        with self.permits:
            return self.server(page)


if __name__ == '__main__':
    def server(page):
        time.sleep(1)
        return page.upper()

    client = Client(server, 2)
    begin = time.monotonic()
    threads = [threading.Thread(target=client.fetch, args=(page,)) for page in ('a', 'b', 'c', 'd')]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print('seconds:', time.monotonic() - begin)
