"""Customers."""
import threading
import time

from exercise import Warehouse


def orders(stock, wanted):
    """One thread for each [item, number], all at the same moment. What became of each order, and the stock in the end."""
    warehouse = Warehouse(stock)
    results = [None] * len(wanted)

    def order(place):
        time.sleep(1)
        try:
            warehouse.ship(*wanted[place])
            results[place] = 'shipped'
        except Exception as error:
            results[place] = type(error).__name__

    threads = [threading.Thread(target=order, args=(place,)) for place in range(len(wanted))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {'results': results, 'stock': warehouse.stock}
