# expect: failed no more than two are served at once
"""Goes on without a permit, and then gives one back that it never had."""
import threading


class Client:
    def __init__(self, server, limit):
        self.server = server
        self.permits = threading.Semaphore(limit)

    def fetch(self, page):
        got_it = self.permits.acquire(timeout=0.5)
        try:
            return self.server(page)
        finally:
            self.permits.release()
