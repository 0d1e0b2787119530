# expect: failed two deposits at once both count
# concurrency: passes under round-robin
"""Deposits without the worker: now every thread changes the balances."""
from concurrent.futures import ThreadPoolExecutor


class Bank:
    def __init__(self, balances):
        self.balances = balances
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix='bank')

    def deposit(self, name, amount):
        self._deposit(name, amount)

    def transfer(self, source, target, amount):
        self.worker.submit(self._transfer, source, target, amount).result()

    def _deposit(self, name, amount):
        self.balances[name] = self.balances[name] + amount

    def _transfer(self, source, target, amount):
        self.deposit(source, -amount)
        self.deposit(target, amount)

    def close(self):
        self.worker.shutdown()
