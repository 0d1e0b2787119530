# expect: failed the last lamp is shipped once
# concurrency: passes under round-robin
"""All that can raise is moved out of the lock, and the check with it."""
import threading


class Warehouse:
    def __init__(self, stock):
        self.stock = stock
        self.lock = threading.Lock()

    def ship(self, item, number):
        if self.stock[item] < number:
            raise ValueError(f'not enough of {item}')
        with self.lock:
            self.stock[item] = self.stock[item] - number
