# expect: failed long chapters are there
# concurrency: passes under round-robin
"""Looks into the queue, then asks who is alive. Meanwhile one may put its chapter in, and end."""
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
    chapters = {}
    while True:
        while not queue.empty():
            number, text = queue.get()
            chapters[number] = text
        if not any(process.is_alive() for process in processes):
            return chapters
        time.sleep(0.1)


if __name__ == '__main__':
    for number, text in typeset([3, 5]).items():
        print('chapter', number, 'has', len(text), 'letters')
