# expect: deadlock a transfer to the same account changes nothing
"""Ordered, but twice the same lock is no order."""
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number  # no other account has it, and it never changes
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance = source.balance - amount
        target.balance = target.balance + amount
