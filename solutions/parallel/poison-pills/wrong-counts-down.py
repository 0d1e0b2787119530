# expect: deadlock more workers than pictures
# concurrency: passes under round-robin
"""One picture is left, two workers see it, and one of them waits for ever."""
import multiprocessing
import time

fork = multiprocessing.get_context('fork')
STOP = 'stop'


def work(names, shrunk, left):
    """Runs in a process of its own. Each picture takes a second."""
    while left.value > 0:
        with left.get_lock():
            left.value -= 1
        name = names.get()
        time.sleep(1)
        shrunk.put(f'small {name}')


def shrink_all(pictures, workers):
    """Shrinks all pictures with so many processes. Returns the names of the small ones."""
    names, shrunk = fork.Queue(), fork.Queue()
    left = fork.Value('i', len(pictures))
    processes = [fork.Process(target=work, args=(names, shrunk, left)) for _ in range(workers)]
    for process in processes:
        process.start()
    for name in pictures:
        names.put(name)
    done = [shrunk.get() for _ in pictures]
    for process in processes:
        process.join()
    return done


if __name__ == '__main__':
    print(shrink_all(['cat', 'dog', 'fox'], 1))
