# expect: deadlock no deposit is lost
"""Acquired and never released: the second deposit waits for ever."""
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        self.lock.acquire()
        self.balance = self.balance + amount

    def withdraw(self, amount):
        self.lock.acquire()
        self.balance = self.balance - amount
