# expect: failed book and queue agree, whatever one crash does
# concurrency: passes under round-robin
"""Looks for what was not sent only when a new order comes. After the last one, none comes."""
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
    """Takes what customers order. Who gets no confirmation from us, has not ordered."""
    while (order := broker.lpop('customers')) is not None:
        append('book', order)
        tell(broker)
        broker.rpush('confirmed', order)


def tell(broker):
    """Sends what is in the book and was not noted as sent."""
    for order in lines_of('book')[len(lines_of('sent')):]:
        broker.lpush('queue', order)
        append('sent', order)


if __name__ == '__main__':
    run(redis.Redis('broker', decode_responses=True))
