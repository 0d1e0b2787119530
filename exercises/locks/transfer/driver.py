"""A day at the bank."""
import threading
import time

from exercise import Account, transfer


def day(balances, transfers):
    """
    One thread for each [source, target, amount], all at the same moment; accounts count from 0.
    The balances in the evening.
    """
    accounts = [Account(number, balance) for number, balance in enumerate(balances)]
    send_all(accounts, transfers)
    return [account.balance for account in accounts]


def audit(balances, transfers, number):
    """The same, while the audit holds the lock of one account. That account's balances in that time, and all later."""
    accounts = [Account(number, balance) for number, balance in enumerate(balances)]
    seen = []

    def look():
        with accounts[number].lock:
            for _ in range(3):
                seen.append(accounts[number].balance)
                time.sleep(1)

    auditor = threading.Thread(target=look)
    auditor.start()
    send_all(accounts, transfers)
    auditor.join()
    return {'seen': seen, 'later': [account.balance for account in accounts]}


def send_all(accounts, transfers):
    def send(source, target, amount):
        time.sleep(1)
        transfer(accounts[source], accounts[target], amount)

    threads = [threading.Thread(target=send, args=order) for order in transfers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
