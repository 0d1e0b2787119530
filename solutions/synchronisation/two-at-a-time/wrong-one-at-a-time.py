# expect: failed no more than two are served at once
"""A lock lets in one where two are allowed."""
import threading


class Client:
    def __init__(self, server, limit):
        self.server = server
        self.lock = threading.Lock()

    def fetch(self, page):
        with self.lock:
            return self.server(page)
