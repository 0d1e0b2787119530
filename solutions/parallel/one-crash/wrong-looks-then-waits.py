# expect: failed a crash costs one film only
# concurrency: passes under round-robin
"""Takes what is there, then asks who is alive. Meanwhile one may have put its result in, and ended."""
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
    results = fork.SimpleQueue()
    processes = [fork.Process(target=convert, args=(film, results)) for film in films]
    for process in processes:
        process.start()
    sizes = dict.fromkeys(films)
    while True:
        while not results.empty():
            film, size = results.get()
            sizes[film] = size
        if not any(process.is_alive() for process in processes):
            return sizes
        time.sleep(0.25)


if __name__ == '__main__':
    print(convert_all(['holiday', 'wedding']))
