"""Count words, one thread for each page."""
import threading


def count(pages):
    """Each word, and how often it is on all pages together."""
    parts = [{} for _ in pages]

    def work(part, page):
        for word in page.split():
            part[word] = part.get(word, 0) + 1

    threads = [threading.Thread(target=work, args=pair) for pair in zip(parts, pages)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = {}
    for part in parts:
        for word, n in part.items():
            counts[word] = counts.get(word, 0) + n
    return counts


if __name__ == '__main__':
    print(count(['to be or', 'not to be']))
