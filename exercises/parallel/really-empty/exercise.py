"""Pages from several processes."""
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
    while True:
        texts.append(queue.get())
        if queue.empty():
            break
    for process in processes:
        process.join()
    return texts


if __name__ == '__main__':
    print(collect([['home', 'news'], ['shop']]))
