"""A download, and those who wait for it."""
import threading
import time

from exercise import Download


def receive(blocks):
    """Takes long, and touches nothing that another thread uses."""
    total = 0
    for letter in list('a block of data   ' * blocks):
        total = (total * 31 + ord(letter)) % 65521
    return total


def one_waits():
    download, begin = Download(), time.monotonic()
    waiter = threading.Thread(target=download.wait, name='Waiter')
    waiter.start()
    receive(15)
    download.finish()
    waiter.join()
    return time.monotonic() - begin


def two_wait():
    download, begin = Download(), time.monotonic()
    waiters = [threading.Thread(target=download.wait) for _ in range(2)]
    for waiter in waiters:
        waiter.start()
    time.sleep(1)
    download.finish()
    for waiter in waiters:
        waiter.join()
    download.wait()
    return time.monotonic() - begin
