# expect: failed a bad order does not stop the shop
"""The lock is safe, and nobody hears of the bad order."""
import threading


class Warehouse:
    def __init__(self, stock):
        self.stock = stock
        self.lock = threading.Lock()

    def ship(self, item, number):
        self.lock.acquire()
        try:
            if self.stock[item] >= number:
                self.stock[item] = self.stock[item] - number
        except KeyError:
            pass
        finally:
            self.lock.release()
