# expect: failed all threads are started before the first is waited for
# concurrency: passes under round-robin
"""Right, but each chapter waits for the one before."""
import threading


def count_words(texts):
    counts = [0] * len(texts)

    def work(place):
        for line in texts[place].splitlines():
            counts[place] += len(line.split())

    for place in range(len(texts)):
        thread = threading.Thread(target=work, args=(place,))
        thread.start()
        thread.join()
    return sum(counts)
