"""Counting primes on a machine with four cores."""
import multiprocessing
import threading

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
    threads = [threading.Thread(target=lambda part: found.append(count(part)), args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(found)


if __name__ == '__main__':
    print(count_primes(1000))
