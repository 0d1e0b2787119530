# expect: failed a crash costs one film only
"""Nobody waits in vain, but everybody waits for the one before."""
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
    sizes = {}
    for film in films:
        process = fork.Process(target=convert, args=(film, results))
        process.start()
        process.join()
        sizes[film] = results.get()[1] if process.exitcode == 0 else None
    return sizes


if __name__ == '__main__':
    print(convert_all(['holiday', 'wedding']))
