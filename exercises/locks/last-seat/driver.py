"""Callers at the box office."""
import threading
import time

from exercise import Show


def rush(seats, names):
    """All of `names` call at the same moment. The answers in the order of `names`, the free seats and the guests."""
    show = Show(seats)
    answers = [None] * len(names)

    def call(place):
        time.sleep(1)
        answers[place] = show.book(names[place])

    threads = [threading.Thread(target=call, args=(place,)) for place in range(len(names))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {'answers': answers, 'free': show.free, 'guests': show.guests}


def queue(seats, names):
    """One caller after the other."""
    show = Show(seats)
    return [show.book(name) for name in names]
