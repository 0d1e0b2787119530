# expect: failed what was charged is shipped
"""A polite exit code, and the order is lost all the same."""
import signal
import sys


def serve(orders, charge, ship):
    signal.signal(signal.SIGTERM, lambda signum, frame: sys.exit(0))
    for order in orders:
        charge(order)
        ship(order)
