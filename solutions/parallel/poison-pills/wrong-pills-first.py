# expect: deadlock all pictures are shrunk
"""A pill for each, on top: everybody goes home at once."""
import multiprocessing
import time

fork = multiprocessing.get_context('fork')
STOP = 'stop'


def work(names, shrunk):
    """Runs in a process of its own. Each picture takes a second."""
    while (name := names.get()) != STOP:
        time.sleep(1)
        shrunk.put(f'small {name}')


def shrink_all(pictures, workers):
    """Shrinks all pictures with so many processes. Returns the names of the small ones."""
    names, shrunk = fork.Queue(), fork.Queue()
    processes = [fork.Process(target=work, args=(names, shrunk)) for _ in range(workers)]
    for process in processes:
        process.start()
    for _ in processes:
        names.put(STOP)
    for name in pictures:
        names.put(name)
    done = [shrunk.get() for _ in pictures]
    for process in processes:
        process.join()
    return done


if __name__ == '__main__':
    print(shrink_all(['cat', 'dog', 'fox'], 1))
