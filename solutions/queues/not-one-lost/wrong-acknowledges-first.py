# expect: failed no order is lost, whatever one crash does
# concurrency: passes under round-robin
"""Acknowledges first, and ships then."""
import redis


def ship(broker, order):
    broker.rpush('shipped', order)


def finish(broker, order):
    broker.lrem('doing', 1, order)
    ship(broker, order)


def work(broker):
    for order in broker.lrange('doing', 0, -1):
        finish(broker, order)
    while (order := broker.blmove('orders', 'doing', 3, 'RIGHT', 'LEFT')) is not None:
        finish(broker, order)


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
