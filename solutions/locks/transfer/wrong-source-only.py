# expect: failed opposite transfers both arrive
"""One lock cannot be part of a circle; but it does not guard the other account."""
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number  # no other account has it, and it never changes
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    with source.lock:
        source.balance = source.balance - amount
        target.balance = target.balance + amount
