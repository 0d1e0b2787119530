# expect: failed three warehouses take as long as one
"""Start and join in one loop: threads, but one after the other."""
import threading
import time

STOCK = {'Antwerp': 40, 'Bilbao': 0, 'Cork': 7}


def ask(warehouse):
    """How many pieces one warehouse has. The answer takes a second."""
    time.sleep(1)
    return STOCK[warehouse]


def stock(warehouses):
    answers = [None] * len(warehouses)

    def work(place, warehouse):
        answers[place] = ask(warehouse)

    for pair in enumerate(warehouses):
        thread = threading.Thread(target=work, args=pair)
        thread.start()
        thread.join()
    return answers
