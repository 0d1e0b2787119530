# expect: failed each film has its own size
# concurrency: passes under round-robin
"""Who has ended well has put a result in. But the next one in the queue may be somebody else's."""
import multiprocessing
import os
import time

fork = multiprocessing.get_context('fork')


def library_convert(film):
    """Written in C; takes a second, and crashes now and then."""
    time.sleep(1)
    if 'broken' in film:
        os._exit(139)
    return len(film)


def convert(film, results):
    """Runs in a process of its own."""
    results.put((film, library_convert(film)))


def convert_all(films):
    results = fork.Queue()
    processes = [fork.Process(target=convert, args=(film, results)) for film in films]
    for process in processes:
        process.start()
    sizes = {}
    for film, process in zip(films, processes):
        process.join()
        sizes[film] = results.get()[1] if process.exitcode == 0 else None
    return sizes


if __name__ == '__main__':
    print(convert_all(['holiday', 'wedding']))
