# expect: deadlock a crash costs one film only
"""Joins all, then waits for one result too many."""
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
    for process in processes:
        process.join()
    sizes = dict(results.get() for process in processes if process.exitcode is not None)
    return sizes


if __name__ == '__main__':
    print(convert_all(['holiday', 'wedding']))
