"""An account that several threads use at once."""
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance = self.balance + amount

    def withdraw(self, amount):
        with self.lock:
            self.balance = self.balance - amount
