# expect: failed a known rate is there at once
"""Nobody waits for a lock any more; everybody waits for the server, every time."""
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
        rate = fetch(currency)
        with self.lock:
            self.known[currency] = rate
            self.fetches += 1
        return rate
