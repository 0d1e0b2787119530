# expect: failed what was charged is shipped
# concurrency: passes under round-robin
"""Leaves at once if it is not busy. Between the charge and the note it does not look busy."""
import signal
import sys


def serve(orders, charge, ship):
    busy = closing = False

    def note(value):
        nonlocal busy
        busy = value

    def close(signum, frame):
        nonlocal closing
        closing = True
        if not busy:
            sys.exit(0)

    signal.signal(signal.SIGTERM, close)
    for order in orders:
        if closing:
            break
        charge(order)
        note(True)
        ship(order)
        note(False)
