"""Two processes that check pages."""
import multiprocessing

from exercise import check

fork = multiprocessing.get_context('fork')


def two_processes(pages):
    checked = fork.Value('i', 0)
    processes = [fork.Process(target=check, args=(list(range(pages)), checked)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return {'checked': checked.value, 'exit codes': [process.exitcode for process in processes]}
