"""A worker that ships orders."""
import redis


def ship(broker, order):
    broker.rpush('shipped', order)          # stands for a parcel


def work(broker):
    """Ships what is ordered, until there has been nothing for three seconds."""
    while (taken := broker.brpop('orders', timeout=3)) is not None:
        ship(broker, taken[1])


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
