# expect: failed no deposit is lost
# concurrency: passes under round-robin
"""A new lock for each call: nobody else ever asks for it."""
import threading


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        with threading.Lock():
            self.balance = self.balance + amount

    def withdraw(self, amount):
        with threading.Lock():
            self.balance = self.balance - amount
