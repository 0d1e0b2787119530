# expect: failed deposits and withdrawals do not disturb each other
# concurrency: passes under round-robin
"""A lock on one door of two."""
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance = self.balance + amount

    def withdraw(self, amount):
        self.balance = self.balance - amount
