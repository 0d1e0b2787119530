# expect: failed every fetch is counted
# concurrency: passes under round-robin
"""Fast without any lock, and the count is wrong now and then."""
import threading
import time


def fetch(currency):
    """Ask the other company's server. Takes a second."""
    time.sleep(1)
    return {'EUR': 1.0, 'JPY': 160.5, 'SEK': 11.2}[currency]


class Rates:
    def __init__(self):
        self.known = {}
        self.fetches = 0
        self.lock = threading.Lock()

    def get(self, currency):
        if currency not in self.known:
            self.known[currency] = fetch(currency)
            self.fetches += 1
        return self.known[currency]
