"""Count words, one thread for each page."""
import threading


def count(pages):
    """Each word, and how often it is on all pages together."""
    counts = {}

    def work(page):
        for word in page.split():
            counts[word] = counts.get(word, 0) + 1

    threads = [threading.Thread(target=work, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts


if __name__ == '__main__':
    print(count(['to be or', 'not to be']))
