# expect: failed pages are checked at the same time
"""Nothing is lost, and everybody waits for everybody."""
import multiprocessing
import time


def look_at(page):
    """Fetches the page and looks for dead links. Takes a second."""
    time.sleep(1)


def check(pages, checked):
    """Runs in a process of its own. `checked` is a `multiprocessing.Value('i')`."""
    for page in pages:
        with checked.get_lock():
            look_at(page)
            checked.value += 1


if __name__ == '__main__':
    checked = multiprocessing.Value('i', 0)
    processes = [multiprocessing.Process(target=check, args=(['home', 'news'], checked)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(checked.value, 'pages checked')
