"""Bakers and sellers."""
import threading

from exercise import Shelf


def at_once(*jobs):
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def bakery(bakers, loaves, on_the_shelf=0):
    """A shelf with one place. Each baker bakes so many loaves; one seller sells them all."""
    shelf = Shelf(1)
    sold, most = [], []
    for _ in range(on_the_shelf):
        shelf.put('loaf')

    def bake():
        for _ in range(loaves):
            shelf.put('loaf')
            most.append(len(shelf.loaves))

    def sell():
        for _ in range(bakers * loaves + on_the_shelf):
            sold.append(shelf.take())

    at_once(*[bake] * bakers, sell)
    return [len(sold), max(most)]
