# expect: failed no time is slept away
"""A second will do, surely."""
import time
import threading


def count_words(texts):
    counts = [0] * len(texts)

    def work(place):
        for line in texts[place].splitlines():
            counts[place] += len(line.split())

    for place in range(len(texts)):
        threading.Thread(target=work, args=(place,)).start()
    time.sleep(1)
    return sum(counts)
