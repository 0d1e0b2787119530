# expect: failed nothing new is begun
"""Nothing is lost, and nothing ends: somebody will send SIGKILL."""
import signal


def serve(orders, charge, ship):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for order in orders:
        charge(order)
        ship(order)
