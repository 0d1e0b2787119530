# expect: failed different currencies are fetched at the same time
"""Smaller sections, but the slow one is still inside."""
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
        with self.lock:
            if currency in self.known:
                return self.known[currency]
        with self.lock:
            rate = fetch(currency)
            self.known[currency] = rate
            self.fetches += 1
        return rate
