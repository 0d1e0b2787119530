"""A worker that ships orders."""
import redis


def ship(broker, order):
    broker.rpush('shipped', order)          # stands for a parcel


def work(broker):
    """Ships what is ordered, until there has been nothing for three seconds."""
    for order in broker.lrange('doing', 0, -1):
        finish(broker, order)
    while (order := broker.blmove('orders', 'doing', 3, 'RIGHT', 'LEFT')) is not None:
        finish(broker, order)


def finish(broker, order):
    ship(broker, order)
    broker.lrem('doing', 1, order)


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
