"""Threads of a shop."""
import threading

from exercise import Numbers


def take(first, last, threads):
    """Each thread takes one number. The numbers, sorted, with what was raised instead."""
    numbers = Numbers(first, last)
    taken = []

    def order():
        try:
            taken.append(next(numbers))
        except (StopIteration, ValueError) as error:
            taken.append(type(error).__name__)

    shop = [threading.Thread(target=order) for _ in range(threads)]
    for thread in shop:
        thread.start()
    for thread in shop:
        thread.join()
    return sorted(taken, key=str)


def alone(first, last):
    numbers = Numbers(first, last)
    return [iter(numbers) is numbers, list(numbers), next(numbers, 'nothing left')]
