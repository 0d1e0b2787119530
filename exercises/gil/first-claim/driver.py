"""Couriers who want the same parcel."""
import threading

from exercise import Parcel


def offer(names):
    """Who was told True, and whose parcel it is."""
    parcel = Parcel()
    told = {}

    def courier(name):
        told[name] = parcel.take(name)

    threads = [threading.Thread(target=courier, args=(name,), name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {'winners': sorted(name for name in names if told[name] is True), 'courier': parcel.courier}
