# expect: failed every word is counted
# concurrency: passes under round-robin
"""`setdefault` is one step. `+=` is not."""
import threading


def count(pages):
    """Each word, and how often it is on all pages together."""
    counts = {}

    def work(page):
        for word in page.split():
            counts.setdefault(word, 0)
            counts[word] += 1

    threads = [threading.Thread(target=work, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts
