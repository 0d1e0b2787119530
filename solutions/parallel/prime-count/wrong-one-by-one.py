# expect: failed four processes are faster than one
"""Four processes, one after the other."""
import multiprocessing

fork = multiprocessing.get_context('fork')
WORKERS = 4


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number ** 0.5) + 1))


def count(numbers):
    return sum(1 for number in numbers if is_prime(number))


def count_primes(limit):
    """How many primes there are below `limit`."""
    counts = fork.SimpleQueue()
    parts = [range(start, limit, WORKERS) for start in range(WORKERS)]
    for part in parts:
        process = fork.Process(target=lambda: counts.put(count(part)))
        process.start()
        process.join()
    return sum(counts.get() for _ in parts)


if __name__ == '__main__':
    print(count_primes(1000))
