"""Cash machines at work."""
import threading
import time

from exercise import Account


def at_once(*jobs):
    """Does each job in a thread of its own. All begin at the same moment."""

    def begin(job):
        time.sleep(1)
        job()

    threads = [threading.Thread(target=begin, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def two_depositors(times):
    account = Account()

    def pay_in():
        for _ in range(times):
            account.deposit(10)

    at_once(pay_in, pay_in)
    return account.balance


def in_and_out(times):
    account = Account()

    def pay_in():
        for _ in range(times):
            account.deposit(50)

    def pay_out():
        for _ in range(times):
            account.withdraw(20)

    at_once(pay_in, pay_out)
    return account.balance
