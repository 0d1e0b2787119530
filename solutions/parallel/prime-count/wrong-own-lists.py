# expect: failed four processes are faster than one
"""Each process appends to a list of its own."""
import multiprocessing

fork = multiprocessing.get_context('fork')
WORKERS = 4


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number ** 0.5) + 1))


def count(numbers):
    return sum(1 for number in numbers if is_prime(number))


def count_primes(limit):
    """How many primes there are below `limit`."""
    found = []
    parts = [range(start, limit, WORKERS) for start in range(WORKERS)]
    processes = [fork.Process(target=lambda part: found.append(count(part)), args=(part,)) for part in parts]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(found)


if __name__ == '__main__':
    print(count_primes(1000))
