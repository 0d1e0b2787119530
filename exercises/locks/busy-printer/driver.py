"""An office."""
import threading
import time

from exercise import Printer


def office(people):
    """One thread for each [document, arrival, patience]. Each one's answer and how long it took; what was printed."""
    printer = Printer()
    answers = [None] * len(people)

    def person(place):
        document, arrival, patience = people[place]
        if arrival:
            time.sleep(arrival)
        begin = time.monotonic()
        try:
            answer = printer.print(document, patience)
        except (RuntimeError, ValueError) as error:
            answer = type(error).__name__
        answers[place] = [answer, round(time.monotonic() - begin, 3)]

    threads = [threading.Thread(target=person, args=(place,)) for place in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {'answers': answers, 'printed': printer.printed}
