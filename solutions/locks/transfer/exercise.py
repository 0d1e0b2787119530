"""Transfers between accounts, made by several threads."""
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number  # no other account has it, and it never changes
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    """Move `amount` from one account to another."""
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        source.balance = source.balance - amount
        target.balance = target.balance + amount


if __name__ == '__main__':
    ana, ben = Account(1, 100), Account(2, 100)
    orders = [(ana, ben, 30), (ben, ana, 50)]
    transfers = [threading.Thread(target=transfer, args=order) for order in orders]
    for thread in transfers:
        thread.start()
    for thread in transfers:
        thread.join()
    print(ana.balance, ben.balance)
