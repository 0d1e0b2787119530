"""A number in each process, and a number in shared memory."""
import multiprocessing

fork = multiprocessing.get_context('fork')
plain = 0
shared = fork.Value('i', 0)


def count():
    global plain
    plain += 1
    shared.value += 1


processes = [fork.Process(target=count) for _ in range(2)]
for process in processes:
    process.start()
for process in processes:
    process.join()
print(plain, shared.value)
