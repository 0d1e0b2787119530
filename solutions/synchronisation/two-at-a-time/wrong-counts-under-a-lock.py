# expect: failed no more than two are served at once
# concurrency: passes under round-robin
"""The count is right now; the question is still asked outside."""
import threading
import time


class Client:
    def __init__(self, server, limit):
        self.server = server
        self.limit = limit
        self.connections = 0
        self.lock = threading.Lock()

    def fetch(self, page):
        while self.connections >= self.limit:
            time.sleep(0.5)
        with self.lock:
            self.connections += 1
        try:
            return self.server(page)
        finally:
            with self.lock:
                self.connections -= 1
