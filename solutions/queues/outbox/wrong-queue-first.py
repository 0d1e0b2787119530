# expect: failed book and queue agree, whatever one crash does
# concurrency: passes under round-robin
"""Tells the warehouse first. Then there may be a parcel that nobody has ordered."""
import os

import redis


def lines_of(name):
    """The lines of a file that are complete."""
    try:
        with open(name) as file:
            return file.read().split('\n')[:-1]
    except FileNotFoundError:
        return []


def append(name, line):
    """After this, the line survives a power cut."""
    with open(name, 'a') as file:
        file.write(line + '\n')
        file.flush()
        os.fsync(file.fileno())


def run(broker):
    while (order := broker.lpop('customers')) is not None:
        broker.lpush('queue', order)
        append('book', order)
        broker.rpush('confirmed', order)


if __name__ == '__main__':
    run(redis.Redis('broker', decode_responses=True))
