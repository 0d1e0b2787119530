"""Count the words of a book, one thread for each chapter."""
import threading


def count_words(texts):
    """The number of words in all texts together."""
    counts = [0] * len(texts)

    def work(place):
        for line in texts[place].splitlines():
            counts[place] += len(line.split())

    for place in range(len(texts)):
        thread = threading.Thread(target=work, args=(place,))
        thread.start()
    return sum(counts)


if __name__ == '__main__':
    print(count_words(['It was late.\nNobody came.', 'Then he came.', 'The end.']), 'words')
