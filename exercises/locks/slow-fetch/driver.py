"""Visitors of the shop."""
import threading
import time

from exercise import Rates


def visitors(currencies):
    """One thread for each currency. The rates in that order, and the number of fetches."""
    rates = Rates()
    found = [None] * len(currencies)

    def visit(place):
        found[place] = rates.get(currencies[place])

    threads = [threading.Thread(target=visit, args=(place,)) for place in range(len(currencies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {'rates': found, 'fetches': rates.fetches}


def known():
    """Asks for the euro, and again while the yen is being fetched. How long each took, and the number of fetches."""
    rates = Rates()
    begin = time.monotonic()
    rates.get('EUR')
    first = time.monotonic() - begin
    other = threading.Thread(target=rates.get, args=('JPY',))
    other.start()
    time.sleep(0.5)
    begin = time.monotonic()
    rates.get('EUR')
    second = time.monotonic() - begin
    other.join()
    return {'seconds': [round(first, 3), round(second, 3)], 'fetches': rates.fetches}
