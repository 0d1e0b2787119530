# expect: failed no deposit is lost
# concurrency: passes under round-robin
"""Only the write is locked; the sum was made of an old balance."""
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        new = self.balance + amount
        with self.lock:
            self.balance = new

    def withdraw(self, amount):
        new = self.balance - amount
        with self.lock:
            self.balance = new
