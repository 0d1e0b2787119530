# expect: failed every word is counted
# concurrency: passes under round-robin
"""Only the store is locked; what it stores was made of an old number."""
import threading


def count(pages):
    """Each word, and how often it is on all pages together."""
    counts = {}
    lock = threading.Lock()

    def work(page):
        for word in page.split():
            n = counts.get(word, 0) + 1
            with lock:
                counts[word] = n

    threads = [threading.Thread(target=work, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts
