"""Customers of the bank."""
import threading

from exercise import Bank


def one_transfer():
    bank = Bank({'Ann': 50, 'Bob': 0})
    bank.transfer('Ann', 'Bob', 20)
    after = dict(bank.balances)
    bank.close()
    return after


def two_deposits():
    bank = Bank({'Ann': 0})
    other = threading.Thread(target=bank.deposit, args=('Ann', 10))
    other.start()
    bank.deposit('Ann', 10)
    other.join()
    bank.close()
    return bank.balances['Ann']
