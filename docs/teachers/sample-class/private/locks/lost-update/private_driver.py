"""More cash machines, which students do not see."""
import threading

from exercise import Account


def at_once(*jobs):
    threads = [threading.Thread(target=method, args=(amount,)) for method, amount in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def two_accounts():
    first, second = Account(), Account()
    at_once((first.deposit, 10), (second.deposit, 10))
    return [first.balance, second.balance]


def three_hands():
    account = Account()
    at_once((account.deposit, 10), (account.withdraw, 5), (account.deposit, 10))
    return account.balance
