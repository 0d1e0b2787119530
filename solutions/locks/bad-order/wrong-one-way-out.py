# expect: deadlock an unknown item does not stop the shop
"""Released before the raise that one can see; the other one still leaves with the lock."""
import threading


class Warehouse:
    def __init__(self, stock):
        self.stock = stock
        self.lock = threading.Lock()

    def ship(self, item, number):
        self.lock.acquire()
        if self.stock[item] < number:
            self.lock.release()
            raise ValueError(f'not enough of {item}')
        self.stock[item] = self.stock[item] - number
        self.lock.release()
