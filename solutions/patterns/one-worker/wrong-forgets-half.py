# expect: failed a transfer arrives
"""The money leaves and does not arrive."""
from concurrent.futures import ThreadPoolExecutor


class Bank:
    def __init__(self, balances):
        self.balances = balances
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix='bank')

    def deposit(self, name, amount):
        self.worker.submit(self._deposit, name, amount).result()

    def transfer(self, source, target, amount):
        self.worker.submit(self._transfer, source, target, amount).result()

    def _deposit(self, name, amount):
        self.balances[name] = self.balances[name] + amount

    def _transfer(self, source, target, amount):
        self._deposit(source, -amount)

    def close(self):
        self.worker.shutdown()
