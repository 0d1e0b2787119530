"""A process that is ended from outside."""
import multiprocessing

fork = multiprocessing.get_context('fork')
till = fork.Lock()
total = fork.Value('i', 0, lock=False)


def clerk():
    with till:
        seen = total.value
        total.value = seen + 10


process = fork.Process(target=clerk)
process.start()
if process.is_alive():
    process.terminate()         # too slow
process.join()
with till:
    print('total:', total.value)
