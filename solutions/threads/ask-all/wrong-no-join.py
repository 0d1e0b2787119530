# expect: failed the answers come in the order of the questions
"""Nobody waits: the list is returned before the first answer."""
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
        threading.Thread(target=work, args=pair).start()
    return answers
