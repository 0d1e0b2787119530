# expect: failed no order is lost, whatever one crash does
# concurrency: passes under round-robin
"""Two steps: out of one list, into the other one. In between it is in none."""
import redis


def ship(broker, order):
    broker.rpush('shipped', order)


def finish(broker, order):
    ship(broker, order)
    broker.lrem('doing', 1, order)


def work(broker):
    for order in broker.lrange('doing', 0, -1):
        finish(broker, order)
    while (taken := broker.brpop('orders', timeout=3)) is not None:
        broker.lpush('doing', taken[1])
        finish(broker, taken[1])


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
