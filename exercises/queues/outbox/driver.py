"""Customers, a warehouse that looks into the queue in the end, and an auditor who copies the book."""
import time

import redis


def shopping():
    """What was in the queue in the end, in the book, and confirmed."""
    time.sleep(0.1)                         # until the broker is there
    broker = redis.Redis('broker', decode_responses=True)
    broker.rpush('customers', '1 lamp', '2 rug')
    time.sleep(10)
    book = (broker.get('book') or '').split('\n')[:-1]
    return [sorted(set(broker.lrange('queue', 0, -1))), book, broker.lrange('confirmed', 0, -1)]


def audit():
    """Runs on the shop's machine."""
    with open('book') as book:
        redis.Redis('broker').set('book', book.read())


if __name__ == '__main__':
    audit()
