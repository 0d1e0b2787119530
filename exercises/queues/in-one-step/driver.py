"""Two workers with the same payment."""
import threading
import time

import redis

from exercise import pay_in


def connect():
    return redis.Redis('broker', decode_responses=True)


def twice():
    """The balance after both."""
    time.sleep(0.1)                         # until the broker is there
    workers = [threading.Thread(target=pay_in, args=(connect(), '17', 20)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return int(connect().get('balance') or 0)


def one_after_the_other():
    """The balance after two payments, one of which comes again."""
    time.sleep(0.1)
    for number, amount in (('17', 20), ('18', 5), ('17', 20)):
        pay_in(connect(), number, amount)
    return int(connect().get('balance') or 0)
