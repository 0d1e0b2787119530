"""An account that several threads use at once."""
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance = self.balance + amount

    def withdraw(self, amount):
        with self.lock:
            self.balance = self.balance - amount


if __name__ == '__main__':
    account = Account()
    machines = [threading.Thread(target=account.deposit, args=(10,)) for _ in range(2)]
    for machine in machines:
        machine.start()
    for machine in machines:
        machine.join()
    print('balance:', account.balance)
