# expect: failed the answers come in the order of the questions
# concurrency: passes under round-robin
"""Answers in the order in which they arrive: right only while the warehouses happen to answer in that order."""
import threading
import time

STOCK = {'Antwerp': 40, 'Bilbao': 0, 'Cork': 7}


def ask(warehouse):
    """How many pieces one warehouse has. The answer takes a second."""
    time.sleep(1)
    return STOCK[warehouse]


def stock(warehouses):
    answers = []

    def work(warehouse):
        answers.append(ask(warehouse))

    threads = [threading.Thread(target=work, args=(warehouse,)) for warehouse in warehouses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
