"""A bank whose balances belong to one thread."""
import threading
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
        self.deposit(source, -amount)
        self.deposit(target, amount)

    def close(self):
        self.worker.shutdown()


if __name__ == '__main__':
    bank = Bank({'Ann': 50, 'Bob': 0})
    threads = [threading.Thread(target=bank.deposit, args=('Ann', 10)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(bank.balances)
    bank.close()
