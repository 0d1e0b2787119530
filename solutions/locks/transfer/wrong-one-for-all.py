# expect: failed an account whose lock is held stays as it is
"""One lock for the whole bank: no circle, and nobody else in the bank knows of it."""
import threading

bank = threading.Lock()


class Account:
    def __init__(self, number, balance):
        self.number = number  # no other account has it, and it never changes
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    with bank:
        source.balance = source.balance - amount
        target.balance = target.balance + amount
