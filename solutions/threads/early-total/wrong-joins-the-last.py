# expect: failed every word is counted
# concurrency: passes under round-robin
"""After the loop, `thread` is the last one started: the others may still be counting."""
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
