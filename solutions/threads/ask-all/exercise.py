"""Ask every warehouse at once."""
import threading
import time

STOCK = {'Antwerp': 40, 'Bilbao': 0, 'Cork': 7}


def ask(warehouse):
    """How many pieces one warehouse has. The answer takes a second."""
    time.sleep(1)
    return STOCK[warehouse]


def stock(warehouses):
    """Ask all warehouses at the same time; return their answers in the order of `warehouses`."""
    answers = [None] * len(warehouses)

    def work(place, warehouse):
        answers[place] = ask(warehouse)

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(warehouses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == '__main__':
    print(stock(['Cork', 'Antwerp', 'Bilbao']))
