"""Two requests, of which one needs the settings late."""
import threading

import exercise


def parse(lines):
    """Takes long, and touches nothing that another thread uses."""
    total = 0
    for letter in list('a line of request ' * lines):
        total = (total * 31 + ord(letter)) % 65521
    return total


def two_requests():
    """What both have seen, and what was read."""
    seen, reads = {}, []
    original = exercise.read

    def counting(name):
        reads.append(name)
        return original(name)

    exercise.read = counting

    def early():
        seen['early'] = dict(exercise.settings())

    def late():
        parse(12)
        seen['late'] = dict(exercise.settings())

    threads = [threading.Thread(target=early), threading.Thread(target=late)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {**seen, 'reads': sorted(reads), 'same': exercise.settings() is exercise.settings()}
