# expect: failed no order is lost, whatever one crash does
# concurrency: passes under round-robin
"""Everything is kept, and nobody looks where it is kept."""
import redis


def ship(broker, order):
    broker.rpush('shipped', order)


def work(broker):
    while (order := broker.blmove('orders', 'doing', 3, 'RIGHT', 'LEFT')) is not None:
        ship(broker, order)
        broker.lrem('doing', 1, order)


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
