"""A warehouse that ships orders from several threads."""
import threading


class Warehouse:
    def __init__(self, stock):
        self.stock = stock
        self.lock = threading.Lock()

    def ship(self, item, number):
        """Take `number` pieces out. ValueError if there are not enough, KeyError if there is no such item."""
        with self.lock:
            if self.stock[item] < number:
                raise ValueError(f'not enough of {item}')
            self.stock[item] = self.stock[item] - number


if __name__ == '__main__':
    warehouse = Warehouse({'lamp': 2})
    orders = [threading.Thread(target=warehouse.ship, args=('lamp', pieces)) for pieces in (5, 1)]
    for order in orders:
        order.start()
    for order in orders:
        order.join()
    print(warehouse.stock)
