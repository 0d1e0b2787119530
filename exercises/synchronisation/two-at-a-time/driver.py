"""A server that counts its connections."""
import threading
import time

from exercise import Client


class Server:
    def __init__(self, seconds):
        self.seconds = seconds
        self.lock = threading.Lock()
        self.now = self.most = 0

    def __call__(self, page):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            time.sleep(self.seconds)
            if page == 'missing':
                raise LookupError(page)
            return page.upper()
        finally:
            with self.lock:
                self.now -= 1


def fetch_all(pages, limit):
    """The most connections at once, the answers, and the seconds that it took."""
    server = Server(1)
    client = Client(server, limit)
    answers = {}

    def work(place, page):
        try:
            answers[place] = client.fetch(page)
        except LookupError as error:
            answers[place] = f'no {error}'

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(pages)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [server.most, [answers[place] for place in range(len(pages))], time.monotonic() - begin]
