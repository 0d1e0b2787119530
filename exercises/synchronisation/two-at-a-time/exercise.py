"""A client that may have so many connections at a time."""
import threading
import time


class Client:
    def __init__(self, server, limit):
        self.server = server
        self.limit = limit
        self.connections = 0

    def fetch(self, page):
        while self.connections >= self.limit:
            time.sleep(0.1)
        self.connections += 1
        answer = self.server(page)
        self.connections -= 1
        return answer


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
