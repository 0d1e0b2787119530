"""Chapters of a book, set by processes."""
import multiprocessing
import time

fork = multiprocessing.get_context('fork')


def set_chapter(number, lines, queue):
    """Runs in a process of its own. Takes a second."""
    time.sleep(1)
    queue.put((number, 'all work and no play\n' * lines))


def typeset(lengths):
    """`lengths`: how many lines each chapter has. Returns the chapters' texts, by number."""
    queue = fork.Queue()
    processes = [fork.Process(target=set_chapter, args=(number, lines, queue)) for number, lines in enumerate(lengths)]
    for process in processes:
        process.start()
    chapters = dict(queue.get() for _ in processes)
    for process in processes:
        process.join()
    return chapters


if __name__ == '__main__':
    for number, text in typeset([3, 5]).items():
        print('chapter', number, 'has', len(text), 'letters')
