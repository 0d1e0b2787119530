# expect: deadlock opposite transfers both arrive
# concurrency: passes under round-robin
"""Ordered by the balance: equal balances have no order, and others change while one waits."""
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number  # no other account has it, and it never changes
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: account.balance)
    with first.lock, second.lock:
        source.balance = source.balance - amount
        target.balance = target.balance + amount
