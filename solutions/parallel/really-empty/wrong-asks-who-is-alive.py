# expect: failed sites of different size
# concurrency: passes under round-robin
"""Between the look into the queue and the look at the process, the page may come and the process go."""
import multiprocessing
import time

fork = multiprocessing.get_context('fork')


def download(pages, queue):
    """Runs in a process of its own. Each page takes a second."""
    for page in pages:
        time.sleep(1)
        queue.put(f'text of {page}')


def collect(sites):
    """`sites`: for each site, a list of its pages. Returns the texts of all pages."""
    queue = fork.Queue()
    processes = [fork.Process(target=download, args=(pages, queue)) for pages in sites]
    for process in processes:
        process.start()
    texts = []
    while not queue.empty() or any(process.is_alive() for process in processes):
        if queue.empty():
            time.sleep(0.1)
        else:
            texts.append(queue.get())
    for process in processes:
        process.join()
    return texts


if __name__ == '__main__':
    print(collect([['home', 'news'], ['shop']]))
